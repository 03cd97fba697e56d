// The settings of this device, and their dialog.

import * as device from './device.js';
import {speak, spoken, text} from './texts.js';

const element = id => document.getElementById(id);
const SWITCHES = ['large', 'contrast', 'sound'];

const all = device.settings();

export function setting(name) {
  return all[name];
}

export function set(name, value) {
  all[name] = value;
  device.keepSettings(all);
  apply();
}

function apply() {
  document.documentElement.classList.toggle('large', all.large);
  document.documentElement.classList.toggle('contrast', all.contrast);
}

/** The language of this device: as it was switched to, else English where the browser is, else Korean. */
function language() {
  return all.language || (navigator.language.toLowerCase().startsWith('en') ? 'en' : 'ko');
}

function switchTo(wanted) {
  speak(wanted);
  const button = element('language');
  button.textContent = text('otherLanguage');
  button.lang = other();
}

function other() {
  return spoken() === 'ko' ? 'en' : 'ko';
}

/** Whether the dialog is open, in which keys are its own. */
export function isOpen() {
  return element('settings').open;
}

/** @param onChange called after each change that is seen */
export function begin(onChange) {
  apply();
  switchTo(language());
  element('language').addEventListener('click', () => {
    all.language = other();
    device.keepSettings(all);
    switchTo(all.language);
    onChange();
  });
  for (const name of SWITCHES) {
    element(name).checked = all[name];
    element(name).addEventListener('change', () => set(name, element(name).checked));
  }
  element('stay').value = String(all.stay);
  element('stay').addEventListener('change', () => set('stay', Number(element('stay').value)));
  element('policy').value = all.policy;
  element('policy').addEventListener('change', () => {
    if (element('policy').checkValidity()) {
      set('policy', element('policy').value.trim());
    }
  });
  element('openSettings').addEventListener('click', () => {
    element('tokenKept').textContent = text(device.token() === '' ? 'tokenNotKept' : 'tokenKept');
    element('settings').showModal();
  });
}
