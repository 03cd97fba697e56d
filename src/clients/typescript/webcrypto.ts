declare function require(module: "node:crypto"): { webcrypto: Crypto };

/** The Web Crypto API, which node 18 has under another name than browsers and later versions. */
export const webCrypto: Crypto = globalThis.crypto ?? require("node:crypto").webcrypto;
