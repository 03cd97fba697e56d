// The door: a token, then codes from a camera, a scanner or a picture, and an answer for each.

import {Answers} from './answers.js';
import {Camera} from './camera.js';
import {CheckIns} from './check-ins.js';
import {Codes} from './codes.js';
import * as device from './device.js';
import {HandScanner} from './hand-scanner.js';
import {offerFullScreen, stayAwake} from './screen.js';
import * as settings from './settings.js';
import {isMuted, wake} from './sounds.js';
import {spoken, text} from './texts.js';
import * as token from './token.js';

const CAMERA_AGAIN_MS = 2_000;

const element = id => document.getElementById(id);

const codes = new Codes();
const camera = new Camera(element('video'), readFrame, () => setTimeout(startCamera, CAMERA_AGAIN_MS));
const checkIns = new CheckIns({
  token: token.current,
  heard: token.hear,
  language: spoken,
  policy: () => settings.setting('policy'),
});
const answers = new Answers({
  stay: () => settings.setting('stay'),
  isLoud: () => settings.setting('sound'),
  onShown: countIn,
});

let status = '';
let isTokenWanted = false;

function say(name) {
  status = name;
  element('status').textContent = name === '' ? '' : text(name);
}

function showView() {
  document.querySelector('.view').classList.toggle('off', !camera.isOn);
}

function sayReady() {
  say(isTokenWanted ? 'showToken' : camera.isOn ? 'ready' : 'readyWithoutCamera');
}

// Codes

async function readFrame(image, isHard) {
  if (settings.isOpen()) {
    return;
  }
  const read = await codes.ofFrame(image, isHard);
  if (read !== '') {
    take(read, true);
  } else if (status === 'sameCode') {
    sayReady();
  }
}

/** Takes a code, whoever has read it. */
function take(read, isInView) {
  if (isTokenWanted) {
    isTokenWanted = false;
    takeToken(read);
  } else if (token.current() !== '' && read.trim() !== token.current()) {
    const showing = checkIns.show(read, isInView);
    if (showing === null) {
      return;
    }
    if (showing.isNew || !isInView) {
      answers.add(showing.answer);
    } else {
      say('sameCode');
    }
  }
}

async function readPicture(file) {
  if (token.current() === '' && !isTokenWanted) {
    return;
  }
  say('pictureReading');
  const read = await codes.ofPicture(file);
  if (read === null) {
    say('pictureUnreadable');
    return;
  }
  sayReady();
  if (read.length === 0) {
    answers.add(Promise.resolve({kind: 'none', headline: 'noCodeInPicture', detail: 'noneDetail'}));
  }
  read.forEach(code => take(code, false));
}

function countIn(answer) {
  if (answer.kind === 'accepted' && !answer.isCounted) {
    answer.isCounted = true;
    device.keepCount(device.count() + 1);
    showCount();
  }
  if (answer.token !== undefined) {
    token.forget(answer.token);
    showToken();
  }
}

function showCount() {
  element('count').textContent = String(device.count());
}

// The two faces of the page

function showToken() {
  camera.stop();
  isTokenWanted = false;
  element('door').hidden = true;
  element('tokenForm').hidden = false;
  element('token').focus();
}

async function showDoor() {
  element('tokenForm').hidden = true;
  element('door').hidden = false;
  stayAwake();
  await startCamera();
}

async function takeToken(given) {
  if (await token.take(given)) {
    await showDoor();
  } else {
    showToken();
  }
}

// The camera

async function startCamera() {
  if (element('door').hidden) {
    return;
  }
  say('cameraStarting');
  element('torch').hidden = true;
  const wrong = await camera.start(settings.setting('lens'));
  showView();
  element('camera').hidden = wrong === '' || wrong === 'cameraInsecure';
  if (wrong !== '') {
    say(wrong);
    return;
  }
  sayReady();
  element('torch').hidden = !camera.hasTorch();
  element('torch').setAttribute('aria-pressed', 'false');
  await showLenses();
}

async function showLenses() {
  const {all, inUse} = await camera.lenses();
  element('lensLabel').hidden = all.length < 2;
  element('lens').replaceChildren(...all.map((lens, place) =>
    new Option(lens.label || text('lensNumber', place + 1), lens.deviceId, false, lens.deviceId === inUse)));
}

// Beginning

function listen() {
  element('tokenForm').addEventListener('submit', event => {
    event.preventDefault();
    wake();
    takeToken(element('token').value);
  });
  element('scanToken').addEventListener('click', () => {
    isTokenWanted = true;
    showDoor();
  });
  element('changeToken').addEventListener('click', () => {
    element('settings').close();
    token.forget('');
    showToken();
  });
  element('resetCount').addEventListener('click', () => {
    device.keepCount(0);
    showCount();
  });
  element('camera').addEventListener('click', startCamera);
  element('lens').addEventListener('change', () => {
    settings.set('lens', element('lens').value);
    startCamera();
  });
  element('torch').addEventListener('click', async () => {
    const isOn = element('torch').getAttribute('aria-pressed') !== 'true';
    if (await camera.light(isOn)) {
      element('torch').setAttribute('aria-pressed', String(isOn));
    }
  });
  listenToPictures();
  listenToTouches();
  setInterval(showCount, 60_000);
  document.addEventListener('visibilitychange', stayAwake);
}

function listenToPictures() {
  const picture = element('picture');
  element('pick').addEventListener('click', () => picture.click());
  picture.addEventListener('change', () => {
    [...picture.files].forEach(readPicture);
    picture.value = '';
  });
  document.addEventListener('paste', event => {
    if (event.target instanceof HTMLInputElement || settings.isOpen()) {
      return;
    }
    const files = [...event.clipboardData.files];
    const pasted = event.clipboardData.getData('text/plain');
    if (files.length > 0) {
      files.forEach(readPicture);
    } else if (pasted.trim() !== '') {
      take(pasted, false);
    }
  });
  const view = document.querySelector('.view');
  document.addEventListener('dragover', event => {
    event.preventDefault();
    view.classList.add('over');
  });
  document.addEventListener('dragleave', () => view.classList.remove('over'));
  document.addEventListener('drop', event => {
    event.preventDefault();
    view.classList.remove('over');
    [...event.dataTransfer.files].forEach(readPicture);
  });
}

/** Browsers let a page be heard once somebody has touched it. */
function listenToTouches() {
  const offer = () => {
    element('wakeSound').hidden = !isMuted() || !settings.setting('sound');
  };
  const heard = async () => {
    await wake();
    offer();
  };
  document.addEventListener('pointerdown', heard);
  document.addEventListener('keydown', heard);
  wake();
  setTimeout(offer, 500);
}

async function begin() {
  settings.begin(() => {
    say(status);
    token.sayAgain();
    token.saySoon();
    showCount();
  });
  showCount();
  offerFullScreen(element('fullScreen'));
  listen();
  new HandScanner(code => take(code, false), () => settings.isOpen());
  if (token.current() === '') {
    showToken();
    return;
  }
  showDoor();
  if (!await token.isKeptOneGood()) {
    showToken();
  }
}

begin();
