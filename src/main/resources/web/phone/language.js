// The language of the page, which is all that stays on the device besides the keys.

import {speak, spoken, text} from './texts.js';

const LANGUAGE = 'passgate.phone.language';

function kept() {
  try {
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null;
  }
}

function keep(language) {
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

function switchTo(language, button) {
  speak(language);
  button.textContent = text('otherLanguage');
  button.lang = other();
}

function other() {
  return spoken() === 'ko' ? 'en' : 'ko';
}

/** Has a button switch the language; `onChange` is called after each change. */
export function begin(button, onChange) {
  switchTo(kept() ?? (navigator.language.toLowerCase().startsWith('en') ? 'en' : 'ko'), button);
  button.addEventListener('click', () => {
    switchTo(other(), button);
    keep(spoken());
    onChange();
  });
}
