// The phone's key for each provider. Its private half never leaves the browser, not even to this script: what stays on
// the device is a handle of it, in IndexedDB, until the consent is withdrawn.

const DATABASE = 'passgate.phone';
const KEYS = 'keys';
const ALGORITHM = {name: 'ECDSA', namedCurve: 'P-256'};
const SIGNING = {name: 'ECDSA', hash: 'SHA-256'};
const ID_BYTES = 16;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Does something with the kept keys. A browser that keeps none has the page forget them when it is closed. */
async function kept(mode, deed) {
  try {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS);
    const database = await done(opening);
    try {
      return await done(deed(database.transaction(KEYS, mode).objectStore(KEYS)));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function encoded(object) {
  return base64url(new TextEncoder().encode(JSON.stringify(object)));
}

export class DeviceKey {
  #pair;
  #jwk;

  constructor(pair, jwk) {
    this.#pair = pair;
    this.#jwk = jwk;
  }

  /** A key that nobody keeps, such as a stranger's. */
  static async fresh() {
    const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
    return DeviceKey.#of(pair);
  }

  static async #of(pair) {
    const {kty, crv, x, y} = await crypto.subtle.exportKey('jwk', pair.publicKey);
    return new DeviceKey(pair, {kty, crv, x, y});
  }

  /** A fresh key, kept for a provider in the place of the one before. */
  static async makeFor(provider) {
    const key = await DeviceKey.fresh();
    await kept('readwrite', keys => keys.put(key.#pair, provider));
    const pair = await kept('readonly', keys => keys.get(provider));
    return pair === undefined ? key : DeviceKey.#of(pair);
  }

  /** Deletes the key of a provider. */
  static forget(provider) {
    return kept('readwrite', keys => keys.delete(provider));
  }

  /** Deletes them all. */
  static forgetAll() {
    return kept('readwrite', keys => keys.clear());
  }

  /**
   * A DPoP proof (RFC 9449) that this phone asks, once and as of `now`, in milliseconds.
   *
   * @param consent with its `consent`, which the proof names, and `htu`, the target that the provider has set
   */
  async proof({consent, htu}, now) {
    const header = {typ: 'dpop+jwt', alg: 'ES256', jwk: this.#jwk};
    const jti = base64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
    const claims = {jti, htm: 'POST', htu, iat: Math.floor(now / 1_000), consent};
    const signed = encoded(header) + '.' + encoded(claims);
    const signature = await crypto.subtle.sign(SIGNING, this.#pair.privateKey, new TextEncoder().encode(signed));
    return signed + '.' + base64url(new Uint8Array(signature));
  }
}
