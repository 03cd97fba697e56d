// Shows answers one after another, each over the whole screen, in words, picture, sound and vibration.

import {text} from './texts.js';
import {play} from './sounds.js';

/** An answer that another one waits behind is shown for so long. */
const LEAST_MS = 1_000;

const element = id => document.getElementById(id);

export class Answers {
  #surroundings;
  #waiting = [];
  #isRunning = false;
  #shownAt = 0;
  #goOn = null;
  #timer = 0;
  #focusedBefore = null;

  /** @param surroundings has the methods `stay`, in seconds or 0 for ever, `isLoud` and `onShown` */
  constructor(surroundings) {
    this.#surroundings = surroundings;
    element('next').addEventListener('click', () => this.#dismiss());
    window.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.#isShown()) {
        event.preventDefault();
        this.#dismiss();
      }
    });
  }

  /** Has an answer shown when those before it have been; `answer` is a promise of it. */
  add(answer) {
    const pending = {answer, isThere: false};
    answer.then(() => {
      pending.isThere = true;
    });
    this.#waiting.push(pending);
    if (this.#isShown()) {
      this.#after(Math.max(0, this.#shownAt + LEAST_MS - performance.now()));
    }
    if (!this.#isRunning) {
      this.#run();
    }
  }

  #isShown() {
    return !element('answer').hidden;
  }

  async #run() {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const pending = this.#waiting[0];
      if (!pending.isThere) {
        // Nobody is to take the answer before for theirs.
        this.#hide();
        element('busy').hidden = false;
      }
      const answer = await pending.answer;
      element('busy').hidden = true;
      this.#waiting.shift();
      await this.#show(answer);
    }
    this.#hide();
    this.#isRunning = false;
  }

  #show(answer) {
    const headline = text(answer.headline ?? answer.kind);
    const detail = answer.said ?? text(answer.detail);
    element('answer').className = answer.kind;
    element('answerIcon').src = new URL(`./answer-${answer.kind}.svg`, import.meta.url).href;
    element('headline').textContent = headline;
    element('detail').textContent = detail;
    element('more').textContent = answer.isDuplicate ? text('duplicate') : '';
    element('doses').replaceChildren(...(answer.doses ?? []).map(dose => {
      const item = document.createElement('li');
      item.textContent = text('dose', dose.dose, dose.of, dose.date);
      return item;
    }));
    if (!this.#isShown()) {
      this.#focusedBefore = document.activeElement;
    }
    element('answer').hidden = false;
    for (const behind of document.querySelectorAll('header, main')) {
      behind.inert = true;
    }
    element('next').focus({preventScroll: true});
    element('answer').scrollTop = 0;
    element('spoken').textContent = `${headline}. ${detail}`;
    if (this.#surroundings.isLoud()) {
      play(answer.kind);
    }
    this.#surroundings.onShown(answer);
    this.#shownAt = performance.now();
    return new Promise(resolve => {
      this.#goOn = resolve;
      const stay = this.#surroundings.stay();
      if (this.#waiting.length > 0) {
        this.#after(LEAST_MS);
      } else if (stay > 0) {
        this.#after(stay * 1_000);
      }
    });
  }

  #after(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dismiss(), ms);
  }

  #dismiss() {
    clearTimeout(this.#timer);
    this.#goOn?.();
    this.#goOn = null;
  }

  #hide() {
    if (!this.#isShown()) {
      return;
    }
    element('answer').hidden = true;
    element('spoken').textContent = '';
    // Nothing of a visitor stays in the page.
    for (const id of ['headline', 'detail', 'more', 'doses']) {
      element(id).replaceChildren();
    }
    for (const behind of document.querySelectorAll('header, main')) {
      behind.inert = false;
    }
    this.#focusedBefore?.focus?.({preventScroll: true});
  }
}
