// What every browser has and Node.js 18 keeps to itself.
globalThis.crypto ??= require("node:crypto").webcrypto;
