// What stays on this device: settings, today's count, and the token where its owner wishes so. Nothing of a visitor.

const SETTINGS = 'passgate.door.settings';
const COUNT = 'passgate.door.count';
const TOKEN = 'passgate.door.token';

const DEFAULTS = {language: '', large: false, contrast: false, sound: true, stay: 3, policy: '', lens: ''};

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, value);
    }
  } catch {
    // A browser that keeps nothing forgets it when the page is closed.
  }
}

function parsed(key) {
  try {
    const value = JSON.parse(read(key) ?? '{}');
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

/** The settings, each of its default's type. */
export function settings() {
  const kept = parsed(SETTINGS);
  return Object.fromEntries(Object.entries(DEFAULTS).map(
    ([name, usual]) => [name, typeof kept[name] === typeof usual ? kept[name] : usual]));
}

export function keepSettings(all) {
  write(SETTINGS, JSON.stringify(all));
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].join('-');
}

/** How many were let in today at this device. */
export function count() {
  const kept = parsed(COUNT);
  return kept.day === today() && Number.isInteger(kept.accepted) ? kept.accepted : 0;
}

export function keepCount(accepted) {
  write(COUNT, JSON.stringify({day: today(), accepted}));
}

/** The token that was kept, or an empty text. */
export function token() {
  return read(TOKEN) ?? '';
}

/** Keeps a token; an empty one is forgotten. */
export function keepToken(value) {
  write(TOKEN, value === '' ? null : value);
}
