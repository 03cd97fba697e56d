// The entry QR code on the screen: fresh before the last one runs out, and never one that has run out.

/** So long before its end a code is followed by the next one. */
const AHEAD_MS = 1_500;
const TICK_MS = 200;
const MOST_WAIT_MS = 8_000;

const element = id => document.getElementById(id);

export class PassOnScreen {
  #surroundings;
  #round = 0;
  #timer = 0;
  #ticking = 0;
  #endsAt = 0;
  #livesMs = 1;
  #nextAt = 0;
  #isAsking = false;
  #isWantedAgain = false;
  #failures = 0;
  #address = '';

  /** @param surroundings has the methods `ask`, which makes a pass, `onShown` and `onProblem` */
  constructor(surroundings) {
    this.#surroundings = surroundings;
    document.addEventListener('visibilitychange', () => this.#schedule());
  }

  /** Shows passes from now on. */
  begin() {
    this.end();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#nextAt = performance.now();
    this.#schedule();
  }

  /** Shows none any more. */
  end() {
    this.#round++;
    this.#isAsking = false;
    this.#failures = 0;
    clearTimeout(this.#timer);
    clearInterval(this.#ticking);
    this.#ticking = 0;
    this.#isWantedAgain = false;
    this.#cover();
  }

  /** Has the next pass be made at once, such as when a dose was recorded. */
  renew() {
    this.#isWantedAgain = this.#isAsking;
    this.#nextAt = performance.now();
    this.#schedule();
  }

  /** A page that nobody sees asks for nothing. */
  #schedule() {
    clearTimeout(this.#timer);
    if (!document.hidden && !this.#isAsking && this.#ticking !== 0) {
      const round = this.#round;
      this.#timer = setTimeout(() => this.#renew(round), Math.max(0, this.#nextAt - performance.now()));
    }
  }

  async #renew(round) {
    if (round !== this.#round) {
      return;
    }
    this.#isAsking = true;
    const answer = await this.#surroundings.ask();
    if (round !== this.#round) {
      return;
    }
    this.#isAsking = false;
    if (answer.problem === undefined) {
      this.#failures = 0;
      await this.#show(answer, round);
    } else if (answer.problem === 'try-again') {
      this.#failures++;
      const wait = Math.max(answer.waitMs, 500 * 2 ** Math.min(this.#failures, 4)) * (.75 + Math.random() / 2);
      this.#nextAt = performance.now() + Math.min(MOST_WAIT_MS, wait);
      this.#surroundings.onProblem(answer.problem);
    } else {
      this.end();
      this.#surroundings.onProblem(answer.problem);
      return;
    }
    this.#schedule();
  }

  async #show(answer, round) {
    const address = URL.createObjectURL(new Blob([answer.svg], {type: 'image/svg+xml'}));
    const endsAt = performance.now() + answer.livesMs;
    const drawing = new Image();
    drawing.src = address;
    await drawing.decode().catch(() => {});
    if (round !== this.#round) {
      URL.revokeObjectURL(address);
      return;
    }
    const before = this.#address;
    this.#address = address;
    element('qr').src = address;
    URL.revokeObjectURL(before);
    this.#livesMs = Math.max(1, answer.livesMs);
    this.#endsAt = endsAt;
    this.#nextAt = this.#isWantedAgain ? performance.now() : endsAt - AHEAD_MS;
    this.#isWantedAgain = false;
    element('code').classList.remove('covered');
    this.#tick();
    this.#surroundings.onShown(answer);
  }

  #tick() {
    const left = this.#endsAt - performance.now();
    if (left <= 0) {
      if (this.#address !== '') {
        this.#cover();
      }
      return;
    }
    element('left').textContent = String(Math.ceil(left / 1_000));
    element('clock').textContent = new Date().toTimeString().slice(0, 8);
    element('run').style.strokeDashoffset = String(100 * (1 - left / this.#livesMs));
  }

  /** Nobody is to show a code that has run out. */
  #cover() {
    element('code').classList.add('covered');
    element('qr').removeAttribute('src');
    element('left').textContent = '';
    element('run').style.strokeDashoffset = '100';
    URL.revokeObjectURL(this.#address);
    this.#address = '';
    this.#endsAt = 0;
  }
}
