// The texts of the codes in frames and pictures.

const MOST_BYTES = 20_000_000;
/** The longer side of a picture, in pixels, as it is looked at one after another. */
const SIDES = [1600, 900, 480];
/** How much larger than its smallest a picture is looked at last: what falls badly at one size is read at another. */
const ENLARGED = 1.5;

export class Codes {
  #worker = new Worker(new URL('./code-worker.js', import.meta.url), {type: 'module'});
  #waiting = new Map();
  #next = 0;

  constructor() {
    this.#worker.onmessage = ({data}) => {
      this.#waiting.get(data.id)?.(data.texts);
      this.#waiting.delete(data.id);
    };
  }

  /** The texts of an `ImageData`, which is given away. */
  #ask(image, how) {
    const id = this.#next++;
    const pixels = image.data.buffer;
    return new Promise(resolve => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({id, pixels, width: image.width, height: image.height, ...how}, [pixels]);
    });
  }

  /** The text of the code in a camera's frame, or an empty text. */
  async ofFrame(image, isHard) {
    return (await this.#ask(image, {isPicture: false, isHard}))[0] ?? '';
  }

  /** The texts of all codes of a picture's file; null where it is no picture that can be read. */
  async ofPicture(file) {
    if (file.size > MOST_BYTES) {
      return null;
    }
    let bitmap;
    try {
      bitmap = await createImageBitmap(file);
    } catch {
      return null;
    }
    try {
      for (const scale of scales(Math.max(bitmap.width, bitmap.height))) {
        const texts = await this.#ask(scaled(bitmap, scale), {isPicture: true, isHard: true});
        if (texts.length > 0) {
          return texts;
        }
      }
      return [];
    } finally {
      bitmap.close();
    }
  }
}

function scales(longer) {
  const scales = [...new Set(SIDES.map(side => Math.min(1, side / longer)))];
  return [...scales, ENLARGED * scales.at(-1)];
}

/** On white, since a code without a ground of its own is meant to be on paper. */
function scaled(bitmap, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const drawing = canvas.getContext('2d', {willReadFrequently: true});
  drawing.fillStyle = '#ffffff';
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return drawing.getImageData(0, 0, canvas.width, canvas.height);
}
