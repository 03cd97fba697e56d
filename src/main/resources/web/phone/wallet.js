// Certificates for the wallet, each as its QR code. They are in memory only.

import {text} from './texts.js';

const element = id => document.getElementById(id);

let shown = [];
let addresses = [];

/** Forgets what is shown. */
export function empty() {
  shown = [];
  element('wallet').hidden = true;
  element('certificates').replaceChildren();
  addresses.forEach(address => URL.revokeObjectURL(address));
  addresses = [];
}

function figure(certificate, place) {
  const address = URL.createObjectURL(new Blob([certificate.svg], {type: 'image/svg+xml'}));
  addresses.push(address);
  const item = document.createElement('li');
  const picture = document.createElement('img');
  picture.src = address;
  picture.width = picture.height = 320;
  picture.alt = text('certificateAlt', place + 1);
  const caption = document.createElement('p');
  caption.textContent = text('certificateUntil', place + 1, certificate.expiresAt.slice(0, 10));
  item.append(picture, caption);
  return item;
}

/** Shows certificates in the place of those before. */
export function show(certificates) {
  empty();
  shown = certificates;
  element('certificates').replaceChildren(...certificates.map(figure));
  element('wallet').hidden = certificates.length === 0;
}

/** Shows the same in the language that is spoken now. */
export function sayAgain() {
  show(shown);
}
