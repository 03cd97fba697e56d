// Scanners that type what they read, as a keyboard does. A line end or a tab ends a code; where a scanner sends none, a
// pause does.

/** No code that is looked at is shorter; what is typed by hand seldom is as long. */
const LEAST = 8;
/** Without a line end a code is taken for whole after so long a pause, if it is at least so long. */
const PAUSE_MS = 400;
const LEAST_WITHOUT_END = 20;
/** Between two keys of a code; what is older was typed by somebody. */
const MOST_BETWEEN_MS = 1_000;
const MOST = 5_000;

export class HandScanner {
  #onCode;
  #isOff;
  #typed = '';
  #lastAt = 0;
  #pause = 0;

  /** @param isOff whether keys are none of a scanner's now, such as in a dialog */
  constructor(onCode, isOff) {
    this.#onCode = onCode;
    this.#isOff = isOff;
    window.addEventListener('keydown', event => this.#down(event), true);
    window.addEventListener('keyup', event => this.#up(event), true);
  }

  #down(event) {
    if (this.#isOff() || isWriting(event.target) || event.ctrlKey && !event.altKey || event.metaKey) {
      this.#typed = '';
      return;
    }
    if (event.timeStamp - this.#lastAt > MOST_BETWEEN_MS) {
      this.#typed = '';
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (this.#typed.length >= LEAST) {
        swallow(event);
        this.#end();
      } else {
        this.#typed = '';
      }
    } else if ([...event.key].length === 1) {
      // A blank is one of a code, and presses no button, where it is in the middle of one.
      if (this.#typed !== '') {
        swallow(event);
      }
      if (this.#typed !== '' || event.key !== ' ') {
        this.#add(event);
      }
    }
  }

  #add(event) {
    this.#lastAt = event.timeStamp;
    this.#typed = (this.#typed + event.key).slice(-MOST);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (this.#typed.length >= LEAST_WITHOUT_END) {
        this.#end();
      }
    }, PAUSE_MS);
  }

  #up(event) {
    if (event.key === ' ' && this.#typed.length > 1) {
      swallow(event);
    }
  }

  #end() {
    clearTimeout(this.#pause);
    const code = this.#typed;
    this.#typed = '';
    this.#onCode(code);
  }
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function isWriting(target) {
  return target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'file'
    || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
