// A device that does nothing else: the whole screen, and awake.

let lock = null;

/** Keeps the screen on while the page is seen. */
export async function stayAwake() {
  if (document.hidden || lock !== null || navigator.wakeLock === undefined) {
    return;
  }
  try {
    lock = await navigator.wakeLock.request('screen');
    lock.addEventListener('release', () => {
      lock = null;
    });
  } catch {
    // Such as on a low battery; the device's own setting holds.
  }
}

/** Has a button switch to the whole screen and back. */
export function offerFullScreen(button) {
  const root = document.documentElement;
  button.hidden = root.requestFullscreen === undefined;
  button.addEventListener('click', async () => {
    try {
      await (document.fullscreenElement === null ? root.requestFullscreen() : document.exitFullscreen());
    } catch {
      // The browser does not let it.
    }
  });
  document.addEventListener('fullscreenchange', () => {
    button.setAttribute('aria-pressed', String(document.fullscreenElement !== null));
  });
}
