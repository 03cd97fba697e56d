// The token of this door: in memory until the page is closed, or on the device where its owner wishes so. It is in no
// address, and is shown to nobody but the gateway.

import * as device from './device.js';
import {spoken, text} from './texts.js';

const SHAPE = /^[\x21-\x7e]{8,128}$/;
const PATIENCE_MS = 5_000;

const element = id => document.getElementById(id);

let token = device.token();
let wrong = '';
let expires = '';

export function current() {
  return token;
}

/**
 * What the gateway says of a token: an empty text where it is good, else the text for what is wrong. It is asked to
 * check in nobody: whom it knows, it tells that the request is incomplete.
 */
async function fault(asked) {
  try {
    const response = await fetch('/v1/check-ins', {
      method: 'POST',
      headers: {
        'Authorization': 'Bearer ' + asked,
        'Content-Type': 'application/json',
        'Accept-Language': spoken(),
      },
      body: '{}',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    hear(response);
    switch (response.status) {
      case 400:
      case 429:
        return '';
      case 401:
        return 'tokenUnknown';
      case 403:
        return 'tokenWrongRole';
      case 503:
        return (await response.json()).type === 'urn:passgate:problem:check-ins-unavailable'
          ? 'tokenNoCheckIns' : 'tokenNoAnswer';
      default:
        return 'tokenNoAnswer';
    }
  } catch {
    return 'tokenNoAnswer';
  }
}

/** Takes notice of what an answer says of the token's end, which it does in the last week. */
export function hear(response) {
  const said = response.headers.get('token-expires') ?? '';
  if (said !== expires) {
    expires = said;
    saySoon();
  }
}

/** Says when the token is over, in the language that is spoken now. */
export function saySoon() {
  const end = new Date(expires);
  element('tokenSoon').hidden = Number.isNaN(end.getTime());
  element('tokenSoon').textContent = element('tokenSoon').hidden ? '' : text('tokenSoon',
    end.toLocaleString(spoken(), {dateStyle: 'long', timeStyle: 'short'}));
}

function say(name) {
  wrong = name;
  element('tokenWrong').textContent = name === '' ? '' : text(name);
  element('token').setAttribute('aria-invalid', String(name !== '' && name !== 'tokenChecking'));
}

/** Says again what is wrong, in the language that is spoken now. */
export function sayAgain() {
  say(wrong);
}

/** Forgets the token, and says why. */
export function forget(why) {
  token = '';
  device.keepToken('');
  say(why);
}

/** Takes a token that was typed or scanned; whether it is good. */
export async function take(given) {
  const asked = given.trim();
  if (!SHAPE.test(asked)) {
    say('tokenShape');
    return false;
  }
  say('tokenChecking');
  const found = await fault(asked);
  say(found);
  if (found !== '') {
    return false;
  }
  token = asked;
  device.keepToken(element('keepToken').checked ? asked : '');
  element('token').value = '';
  return true;
}

/** Looks whether a token that was kept is still good. One that cannot be checked now may be. */
export async function isKeptOneGood() {
  const found = await fault(token);
  if (found === '' || found === 'tokenNoAnswer') {
    return true;
  }
  forget(found === 'tokenUnknown' ? 'tokenEnded' : found);
  return false;
}
