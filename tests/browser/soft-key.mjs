// A passkey of Firefox's own to test with. BiDi, by which Firefox is driven, has
// no word for authenticators; its older protocol, Marionette, has: lengths and
// JSON on a TCP port, within the session that BiDi has already. A person is
// always there and always verified, until told otherwise. What is added counts
// for all pages of the browser.
import net from "node:net";

export const SOFT_KEY_PREFS = (port) => ({
  "marionette.port": port,
  "security.webauth.webauthn_enable_softtoken": true,
  "security.webauth.webauthn_enable_usbtoken": false,
});

const TRIES = 60;
const PAUSE_MS = 500;
const pause = () => new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });

async function connected(port) {
  for (let i = 0; i < TRIES; i += 1) {
    const socket = await new Promise((resolve) => {
      const one = net.connect(port, "127.0.0.1", () => resolve(one));
      one.on("error", () => resolve(null));
    });
    if (socket) return socket;
    await pause();
  }
  throw new Error("Firefox does not listen for Marionette");
}

// "12:[1,2,null,{}]": each answer as it comes whole.
function hear(socket, answered) {
  let held = Buffer.alloc(0);
  socket.on("data", (more) => {
    held = Buffer.concat([held, more]);
    for (let colon = held.indexOf(":"); colon > 0; colon = held.indexOf(":")) {
      const end = colon + 1 + Number(held.subarray(0, colon));
      if (held.length < end) return;
      answered(JSON.parse(held.subarray(colon + 1, end)));
      held = held.subarray(end);
    }
  });
}

export async function addSoftKey(port) {
  const socket = await connected(port);
  const waiting = new Map();
  hear(socket, (answer) => { if (Array.isArray(answer)) waiting.get(answer[1])?.(answer); });
  const ask = async (id, name, words) => {
    const text = JSON.stringify([0, id, name, words]);
    const [, , error, result] = await new Promise((resolve) => {
      waiting.set(id, resolve);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
    if (error) throw new Error(`${name}: ${error.message}`);
    return result.value ?? result;
  };
  const authenticatorId = await ask(1, "WebAuthn:AddVirtualAuthenticator", {
    protocol: "ctap2", transport: "internal", hasResidentKey: true,
    hasUserVerification: true, isUserConsenting: true, isUserVerified: true,
  });
  let last = 1;
  return {
    verified: (isUserVerified) =>
      ask(last += 1, "WebAuthn:SetUserVerified", { authenticatorId, isUserVerified }),
    close: () => socket.destroy(),
  };
}
