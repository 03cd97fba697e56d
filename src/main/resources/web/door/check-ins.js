// Asks the gateway: each code that is shown is one check-in, however often it has to be asked.

/** A code that was asked is not asked again for so long after it was last seen. */
const SAME_CODE_MS = 5_000;
/** What a code was answered is forgotten when it has not been seen for so long. */
const FORGET_MS = 30_000;
const PATIENCE_MS = 4_000;
const MOST_WAIT_MS = 3_000;
const TRIES = 2;
const KEY_BYTES = 16;
const NO_CERTIFICATE = new Set(['not_a_credential', 'prefix_unknown']);

/** What surrounds a code as scanners leave it: blanks, line ends, byte order marks. */
const AROUND = /^[\s\uFEFF\u0000]+|[\s\uFEFF\u0000]+$/g;

export class CheckIns {
  #surroundings;
  #shown = new Map();

  /** @param surroundings has the methods `token`, `language` and `policy`, asked for each code, and `heard`, told each answer */
  constructor(surroundings) {
    this.#surroundings = surroundings;
    setInterval(() => this.#forget(), FORGET_MS / 3);
  }

  /**
   * One code is shown. Gives what it was answered, as a promise, and whether it is a new showing.
   *
   * @param isInView whether a camera sees it, which sees it many times
   */
  show(text, isInView) {
    const code = text.replace(AROUND, '');
    if (code === '') {
      return null;
    }
    const now = performance.now();
    const before = this.#shown.get(code);
    if (before !== undefined && (before.isAsked || now - before.seenAt < SAME_CODE_MS)) {
      // What could not be told is asked again while it is still held there, and what was answered is not.
      if (isInView && !before.isOpen) {
        before.seenAt = now;
      }
      return {isNew: false, answer: before.answer};
    }
    const key = before?.isOpen ? before.key : freshKey();
    const showing = {key, seenAt: now, isAsked: true, isOpen: true, answer: null};
    showing.answer = this.#ask(code, showing);
    this.#shown.set(code, showing);
    return {isNew: true, answer: showing.answer};
  }

  #forget() {
    const now = performance.now();
    for (const [code, showing] of this.#shown) {
      if (!showing.isAsked && now - showing.seenAt > FORGET_MS) {
        this.#shown.delete(code);
      }
    }
  }

  async #ask(code, showing) {
    let answer = null;
    for (let left = TRIES; left > 0 && answer === null; left--) {
      const {result, waitMs} = await this.#send(code, showing.key);
      answer = result;
      if (answer === null && left > 1) {
        await new Promise(resolve => setTimeout(resolve, waitMs));
      }
    }
    answer ??= {kind: 'unknown', detail: 'unknownDetail'};
    showing.isAsked = false;
    showing.isOpen = answer.kind === 'unknown';
    return answer;
  }

  async #send(code, key) {
    const policy = this.#surroundings.policy();
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await fetch('/v1/check-ins', {
        method: 'POST',
        headers: {
          'Authorization': 'Bearer ' + this.#surroundings.token(),
          'Content-Type': 'application/json',
          'Accept-Language': this.#surroundings.language(),
          'Idempotency-Key': key,
        },
        body: JSON.stringify(policy === '' ? {payloads: [code]} : {payloads: [code], policy}),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: patience.signal,
      });
      this.#surroundings.heard(response);
      return await understood(response);
    } catch {
      return {result: null, waitMs: 500};
    } finally {
      clearTimeout(timer);
    }
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

async function understood(response) {
  switch (response.status) {
    case 200:
      return {result: answered((await response.json()).results[0])};
    case 401:
      return {result: {kind: 'unknown', detail: 'unknownDetail', token: 'tokenEnded'}};
    case 403:
      return {result: {kind: 'unknown', detail: 'unknownDetail', token: 'tokenWrongRole'}};
    case 400:
    case 413:
    case 422: {
      const isPolicy = (await response.json()).type === 'urn:passgate:problem:unknown-policy';
      return {result: {kind: 'unknown', detail: isPolicy ? 'policyUnknown' : 'unknownDetail'}};
    }
    default: {
      const seconds = Number(response.headers.get('retry-after') ?? '1');
      return {result: null, waitMs: Math.min(MOST_WAIT_MS, Math.max(0, seconds * 1_000) || 500)};
    }
  }
}

/** What is shown for a result of the gateway. */
function answered(result) {
  const shown = {
    kind: 'unknown',
    said: result.text,
    isDuplicate: Array.isArray(result.duplicateHolder),
    doses: Array.isArray(result.doses) ? result.doses : [],
  };
  if (result.verdict === 'accepted') {
    const isComplete = result.complete === true && result.waitOver === true;
    return {...shown, kind: 'accepted', headline: isComplete ? 'complete' : 'accepted'};
  }
  if (result.verdict !== 'refused') {
    return {...shown, doses: []};
  }
  if (NO_CERTIFICATE.has(result.reason)) {
    return {kind: 'none', detail: 'noneDetail'};
  }
  return {...shown, kind: result.reason === 'vaccination_wait_not_over' ? 'waiting' : 'refused'};
}
