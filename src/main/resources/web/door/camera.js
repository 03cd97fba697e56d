// The camera: its lenses, its light, and its frames.

/** The longer side of what is looked at, in pixels. */
const WHOLE = 960;
/** The side of the middle that every second frame is cut down to, where small codes are larger. */
const MIDDLE = 640;
/** What every second frame of a small video is shrunk to: what one size hides of a still code, another shows. */
const SHRUNK = .75;

export class Camera {
  #video;
  #onFrame;
  #onLost;
  #stream = null;
  #canvas = document.createElement('canvas');
  #frames = 0;

  /**
   * @param onFrame takes an `ImageData` and whether it may take its time; the next frame comes when it is done
   * @param onLost called when the camera is taken away
   */
  constructor(video, onFrame, onLost) {
    this.#video = video;
    this.#onFrame = onFrame;
    this.#onLost = onLost;
  }

  get isOn() {
    return this.#stream !== null;
  }

  /** Starts with a lens, or with the back one where it is not there; gives nothing, or the text of what is wrong. */
  async start(lens) {
    this.stop();
    if (!window.isSecureContext || navigator.mediaDevices === undefined) {
      return 'cameraInsecure';
    }
    try {
      this.#stream = await stream(lens);
    } catch (failed) {
      return failed.name === 'NotFoundError' ? 'cameraNone' : 'cameraRefused';
    }
    const mine = this.#stream;
    mine.getVideoTracks()[0].addEventListener('ended', () => {
      if (this.#stream === mine) {
        this.stop();
        this.#onLost();
      }
    });
    this.#video.srcObject = mine;
    try {
      await this.#video.play();
    } catch {
      // It plays once it is seen.
    }
    this.#soon(mine);
    return '';
  }

  stop() {
    this.#stream?.getTracks().forEach(track => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }

  #soon(mine) {
    if (this.#stream !== mine) {
      return;
    }
    const next = () => this.#take(mine);
    if ('requestVideoFrameCallback' in this.#video) {
      this.#video.requestVideoFrameCallback(next);
    } else {
      requestAnimationFrame(next);
    }
  }

  async #take(mine) {
    if (this.#stream !== mine) {
      return;
    }
    const {videoWidth: width, videoHeight: height} = this.#video;
    if (width > 0 && !document.hidden) {
      this.#frames++;
      const image = this.#frames % 2 === 0 ? this.#otherwise(width, height) : this.#whole(width, height, 1);
      await this.#onFrame(image, this.#frames % 6 >= 4);
    }
    this.#soon(mine);
  }

  #whole(width, height, part) {
    const scale = part * Math.min(1, WHOLE / Math.max(width, height));
    return this.#drawn(0, 0, width, height, Math.round(width * scale), Math.round(height * scale));
  }

  #otherwise(width, height) {
    if (Math.max(width, height) <= MIDDLE) {
      return this.#whole(width, height, SHRUNK);
    }
    const side = Math.min(MIDDLE, width, height);
    return this.#drawn((width - side) / 2, (height - side) / 2, side, side, side, side);
  }

  #drawn(x, y, width, height, toWidth, toHeight) {
    this.#canvas.width = toWidth;
    this.#canvas.height = toHeight;
    const drawing = this.#canvas.getContext('2d', {willReadFrequently: true});
    drawing.drawImage(this.#video, x, y, width, height, 0, 0, toWidth, toHeight);
    return drawing.getImageData(0, 0, toWidth, toHeight);
  }

  /** All lenses, and which is in use. */
  async lenses() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const inUse = this.#stream?.getVideoTracks()[0].getSettings().deviceId ?? '';
    return {all: devices.filter(device => device.kind === 'videoinput'), inUse};
  }

  /** Whether the lens in use has a light. */
  hasTorch() {
    const track = this.#stream?.getVideoTracks()[0];
    return Boolean(track?.getCapabilities?.().torch);
  }

  async light(isOn) {
    try {
      await this.#stream?.getVideoTracks()[0].applyConstraints({advanced: [{torch: isOn}]});
      return true;
    } catch {
      return false;
    }
  }
}

async function stream(lens) {
  const size = {width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 30}};
  if (lens !== '') {
    try {
      return await navigator.mediaDevices.getUserMedia({audio: false, video: {...size, deviceId: {exact: lens}}});
    } catch (failed) {
      if (failed.name === 'NotAllowedError') {
        throw failed;
      }
    }
  }
  return navigator.mediaDevices.getUserMedia({audio: false, video: {...size, facingMode: {ideal: 'environment'}}});
}
