// Asks again and again: one request at a time, later when answers are slow or missing, and never while nobody looks.

const USUAL_MS = 2_000;
const LATEST_MS = 10_000;

/** A slow gateway is left alone for so many times what its answer took. */
const RESTS = 4;

export class Poller {
  #surroundings;
  #isAsking = false;
  #failures = 0;
  #timer = null;

  /**
   * @param surroundings has `ask`, which gives a promise; `take` and `fail`, which are told what came of it; `nowMs`;
   *   `after`, which runs something later and gives what `cancel` takes; and `isHidden`
   */
  constructor(surroundings) {
    this.#surroundings = surroundings;
  }

  /** Asks now, unless it is asking or nobody looks. Called at the start, and when somebody looks again. */
  async wake() {
    const {nowMs, cancel, isHidden} = this.#surroundings;
    if (this.#isAsking || isHidden()) {
      return;
    }
    cancel(this.#timer);
    this.#isAsking = true;
    const startedMs = nowMs();
    try {
      await this.#ask();
    } finally {
      this.#isAsking = false;
      this.#sleep(nowMs() - startedMs);
    }
  }

  async #ask() {
    const {ask, take, fail} = this.#surroundings;
    let answer;
    try {
      answer = await ask();
    } catch (noAnswer) {
      this.#failures++;
      fail();
      return;
    }
    this.#failures = 0;
    take(answer);
  }

  #sleep(tookMs) {
    const {after, isHidden} = this.#surroundings;
    if (!isHidden()) {
      const wait = Math.max(USUAL_MS, RESTS * tookMs, USUAL_MS * 2 ** this.#failures / 2);
      this.#timer = after(() => this.wake(), Math.min(LATEST_MS, wait));
    }
  }
}
