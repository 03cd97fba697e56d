import { webCrypto } from "./webcrypto";

/** A phone with a P-256 key that makes device proofs (RFC 9449), by nothing but Web Crypto. */
export class Phone {
  private constructor(private readonly keys: CryptoKeyPair) {}

  static async fresh(): Promise<Phone> {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    return new Phone(await webCrypto.subtle.generateKey(curve, true, ["sign", "verify"]));
  }

  /** A proof as of now, for one request under a consent. */
  async proof(htu: string, consent: string): Promise<string> {
    const { kty, crv, x, y } = await webCrypto.subtle.exportKey("jwk", this.keys.publicKey);
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
    const claims = { jti: webCrypto.randomUUID(), htm: "POST", htu, iat: Math.floor(Date.now() / 1000), consent };
    const signed = encode(JSON.stringify(header)) + "." + encode(JSON.stringify(claims));
    const signature = await webCrypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      this.keys.privateKey,
      new TextEncoder().encode(signed),
    );
    return signed + "." + encode(String.fromCharCode(...new Uint8Array(signature)));
  }
}

/** Base64url of a text whose characters are bytes. */
function encode(bytes: string): string {
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
