// Reads codes beside the page: by the browser's own detector where it has one, and where that finds none by qr.js.

import {readAll, readOne} from './qr.js';

const detector = ownDetector();

async function ownDetector() {
  try {
    const formats = await self.BarcodeDetector.getSupportedFormats();
    return formats.includes('qr_code') ? new self.BarcodeDetector({formats: ['qr_code']}) : null;
  } catch {
    return null;
  }
}

async function detected(image) {
  const own = await detector;
  if (own === null) {
    return [];
  }
  try {
    return (await own.detect(image)).map(found => found.rawValue).filter(text => text !== '');
  } catch {
    return [];
  }
}

async function read({pixels, width, height, isPicture, isHard}) {
  const texts = await detected(new ImageData(new Uint8ClampedArray(pixels), width, height));
  if (texts.length > 0) {
    return [...new Set(texts)];
  }
  const rgba = new Int8Array(pixels);
  if (isPicture) {
    return readAll(rgba, width, height);
  }
  const text = readOne(rgba, width, height, isHard);
  return text === '' ? [] : [text];
}

self.onmessage = async ({data}) => {
  let texts = [];
  try {
    texts = await read(data);
  } catch {
    // Whatever a picture holds, it is at worst one without a code.
  }
  self.postMessage({id: data.id, texts});
};
