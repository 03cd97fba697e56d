// Asks the provider's side. What is not an answer about the request itself is `try-again`, which is nobody's fault.

const PATIENCE_MS = 8_000;

let aheadMs = 0;

/** The provider's time of day, by which proofs are of now also where this phone's clock is off. */
export function now() {
  return Date.now() + aheadMs;
}

/** Posts `body`, and gives the answer, or an object with a `problem`. */
export async function ask(what, body, proof) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch('/phone/' + what, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', ...(proof === undefined ? {} : {DPoP: proof})},
      body: JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: patience.signal,
    });
    const answer = await response.json();
    if (Number.isFinite(answer.now)) {
      aheadMs = answer.now - Date.now();
    }
    if (response.ok) {
      return answer;
    }
    const waitMs = 1_000 * (Number(response.headers.get('retry-after')) || 1);
    return {problem: typeof answer.problem === 'string' ? answer.problem : 'try-again', waitMs};
  } catch {
    return {problem: 'try-again', waitMs: 1_000};
  } finally {
    clearTimeout(timer);
  }
}
