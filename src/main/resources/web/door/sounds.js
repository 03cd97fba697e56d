// A sound and a vibration for each kind of answer, told apart without looking.

/** Frequencies in hertz with their beginning and length in seconds. */
const TONES = {
  accepted: [[784, 0, .16], [1047, .14, .2], [1319, .3, .34]],
  refused: [[659, 0, .3], [523, .3, .45]],
  waiting: [[659, 0, .2], [659, .3, .2], [523, .6, .4]],
  unknown: [[392, 0, .25]],
  none: [[440, 0, .1], [440, .18, .1]],
};

/** Milliseconds on and off. */
const VIBRATIONS = {
  accepted: [80],
  refused: [250, 120, 250],
  waiting: [150, 100, 150, 100, 300],
  unknown: [60, 80, 60],
  none: [60],
};

const LOUDNESS = .35;

let context = null;

/** Whether the browser waits for a touch before it lets the page be heard. */
export function isMuted() {
  return context !== null && context.state === 'suspended';
}

/** Makes the page able to be heard, as far as the browser lets it; best called in answer to a touch or key. */
export async function wake() {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') {
      await context.resume();
    }
  } catch {
    // A device without sound has words, colour and vibration left.
  }
}

export function play(kind) {
  navigator.vibrate?.(VIBRATIONS[kind]);
  if (context === null || context.state !== 'running') {
    return;
  }
  for (const [frequency, from, length] of TONES[kind]) {
    tone(frequency, context.currentTime + from, length);
  }
}

function tone(frequency, at, length) {
  const oscillator = context.createOscillator();
  const loudness = context.createGain();
  oscillator.frequency.value = frequency;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + .015);
  loudness.gain.exponentialRampToValueAtTime(.001, at + length);
  oscillator.connect(loudness).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + length);
}
