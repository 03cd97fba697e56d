// The phone of an invented person: consent, a QR code that is always fresh, certificates, and what a stranger gets.

import {ask, now} from './backend.js';
import {DeviceKey} from './device-key.js';
import * as language from './language.js';
import {PassOnScreen} from './pass-on-screen.js';
import {text} from './texts.js';
import * as wallet from './wallet.js';

const PROBLEMS = {
  'try-again': 'tryAgainYourself',
  'person-unknown': 'personUnknown',
  'consent-unknown': 'consentUnknown',
  'device-key-mismatch': 'keyMismatch',
  'device-unknown': 'deviceUnknown',
  'proof-late': 'proofLate',
  'proof-missing': 'proofWrong',
  'proof-invalid': 'proofWrong',
  'proof-replayed': 'proofWrong',
  'nothing-consented': 'nothingConsented',
  'nothing-to-certify': 'nothingToCertify',
  'no-such-dose': 'noSuchDose',
};

const element = id => document.getElementById(id);

/** What is said, as a function that says it again in another language. */
const said = {status: () => '', problem: () => '', strangerSaid: () => ''};

let person = '';
let provider = 'kakao';

/** By provider: the consent, what its proofs name, whether it is for entry only, and the key. */
const consents = new Map();
let shown = null;
let isCodeLate = false;

const screen = new PassOnScreen({
  ask: () => askByPhone('passes', consents.get(provider)),
  onShown: showPass,
  onProblem: problem => {
    if (problem === 'try-again') {
      isCodeLate = true;
      say('status', () => '');
      say('problem', () => text('tryAgain'));
    } else {
      fail(problem);
    }
  },
});

// Words

function say(where, words) {
  said[where] = words;
  const now = words();
  if (element(where).textContent !== now) {
    element(where).textContent = now;
  }
}

function problemText(problem) {
  return text(PROBLEMS[problem] ?? 'tryAgainYourself');
}

function tell(name, ...values) {
  say('problem', () => '');
  say('status', () => text(name, ...values.map(value => typeof value === 'function' ? value() : value)));
}

/** Says why something was not done; where somebody or a consent is gone, goes back to where it can be had again. */
function fail(problem) {
  say('status', () => '');
  say('problem', () => problemText(problem));
  if (problem === 'person-unknown') {
    person = '';
    consents.clear();
    DeviceKey.forgetAll();
    showFace();
  } else if (problem === 'consent-unknown' || problem === 'device-unknown' || problem === 'device-key-mismatch') {
    consents.delete(provider);
    DeviceKey.forget(provider);
    showFace();
  }
}

const providerName = of => () => text(of);

// Asking

/** Asks with a proof of the consent's phone. One that was late is made again, as the provider's clock is known then. */
async function askByPhone(what, consent, key = consent.key) {
  const body = {person, provider: consent.provider};
  const answer = await ask(what, body, await key.proof(consent, now()));
  return answer.problem === 'proof-late' ? ask(what, body, await key.proof(consent, now())) : answer;
}

/** Has a button do one thing at a time. */
function onPress(id, deed) {
  let isAtWork = false;
  element(id).addEventListener('click', async () => {
    if (isAtWork) {
      return;
    }
    isAtWork = true;
    element(id).setAttribute('aria-busy', 'true');
    try {
      await deed();
    } finally {
      isAtWork = false;
      element(id).removeAttribute('aria-busy');
    }
  });
}

// What is seen

function showFace() {
  const consent = consents.get(provider);
  element('phone').hidden = person === '';
  element('registrar').hidden = person === '';
  element('consent').hidden = consent !== undefined;
  element('shown').hidden = consent === undefined;
  element('stranger').hidden = person === '' || consent === undefined;
  say('strangerSaid', () => '');
  wallet.empty();
  shown = null;
  element('doses').replaceChildren();
  if (consent === undefined) {
    screen.end();
  } else {
    screen.begin();
  }
}

function showPass(pass) {
  const before = shown;
  shown = pass;
  if (isCodeLate) {
    isCodeLate = false;
    say('problem', () => '');
  }
  element('qr').alt = text('qrAlt', text(provider));
  showDoses();
  if (before !== null && before.doses.length !== pass.doses.length) {
    tell('nowShows', pass.doses.length);
  }
}

function showDoses() {
  const lines = shown.doses.map(dose => text('dose', dose.dose, dose.of, dose.date));
  if (lines.length === 0) {
    lines.push(text(consents.get(provider)?.isEntryOnly ? 'entryOnly' : 'noRecord'));
  }
  element('doses').replaceChildren(...lines.map(line => {
    const item = document.createElement('li');
    item.textContent = line;
    return item;
  }));
}

function sayAgain() {
  Object.entries(said).forEach(([where, words]) => say(where, words));
  wallet.sayAgain();
  if (shown !== null) {
    element('qr').alt = text('qrAlt', text(provider));
    showDoses();
  }
}

// Deeds

async function makePerson() {
  const days = new FormData(element('personForm')).get('firstDose');
  const answer = await ask('people', days === '' ? {} : {firstDose: Number(days)});
  if (answer.problem !== undefined) {
    fail(answer.problem);
    return;
  }
  person = answer.person;
  consents.clear();
  showFace();
  await DeviceKey.forgetAll();
  tell('personMade', answer.recorded);
  element('consentTitle').focus();
}

/** Consents at the chosen provider: its consent, then a key, and the key registered by a proof of it. */
async function consent(scope) {
  const asked = provider;
  const owner = person;
  const given = await ask('consents', {person, provider: asked, scope});
  if (given.problem !== undefined) {
    fail(given.problem);
    return;
  }
  const made = {
    provider: asked,
    consent: given.consent,
    htu: given.htu,
    isEntryOnly: scope === 'entry',
    key: await DeviceKey.makeFor(asked),
  };
  const registered = await askByPhone('devices', made);
  if (owner !== person) {
    return;
  }
  if (registered.problem !== undefined) {
    fail(registered.problem);
    return;
  }
  consents.set(asked, made);
  if (asked === provider) {
    showFace();
    element('shownTitle').focus();
  }
  tell('consented', providerName(asked));
}

async function withdraw() {
  const asked = provider;
  const answer = await ask('withdrawals', {person, provider: asked});
  if (answer.problem !== undefined && answer.problem !== 'consent-unknown') {
    fail(answer.problem);
    return;
  }
  consents.delete(asked);
  if (asked === provider) {
    showFace();
    element('consentTitle').focus();
  }
  await DeviceKey.forget(asked);
  tell('withdrawn', providerName(asked));
}

async function certify() {
  const asked = provider;
  const answer = await askByPhone('certificates', consents.get(asked));
  if (asked !== provider) {
    return;
  }
  if (answer.problem !== undefined) {
    fail(answer.problem);
    return;
  }
  wallet.show(answer.certificates);
  tell('certified', answer.certificates.length);
  element('walletTitle').focus();
}

async function vaccinate(daysAgo) {
  const answer = await ask('doses', {person, daysAgo});
  if (answer.problem !== undefined) {
    fail(answer.problem);
    return;
  }
  tell('recorded', answer.recorded);
  screen.renew();
}

/** Another phone has the consent's number, but not the key that was registered. */
async function askAsStranger() {
  const asked = provider;
  say('strangerSaid', () => '');
  const answer = await askByPhone('passes', consents.get(asked), await DeviceKey.fresh());
  if (asked !== provider) {
    return;
  }
  say('strangerSaid', answer.problem === undefined
    ? () => text('strangerGot')
    : () => text('strangerNone', problemText(answer.problem)));
}

function begin() {
  language.begin(element('language'), sayAgain);
  // Nobody is known here yet, so that no key is of use.
  DeviceKey.forgetAll();
  showFace();
  element('personForm').addEventListener('submit', event => event.preventDefault());
  onPress('makePerson', makePerson);
  onPress('giveAll', () => consent('all'));
  onPress('giveEntry', () => consent('entry'));
  onPress('withdraw', withdraw);
  onPress('certify', certify);
  onPress('dose20', () => vaccinate(20));
  onPress('dose0', () => vaccinate(0));
  onPress('askAsStranger', askAsStranger);
  element('closeWallet').addEventListener('click', () => {
    wallet.empty();
    element('certify').focus();
  });
  for (const choice of document.querySelectorAll('input[name="provider"]')) {
    if (choice.checked) {
      provider = choice.value;
    }
    choice.addEventListener('change', () => {
      provider = choice.value;
      say('status', () => '');
      say('problem', () => '');
      showFace();
    });
  }
}

begin();
