// Builds films (src/ident/film.h) from pictures that film.py draws.
import { execFileSync } from "node:child_process";

const here = new URL(".", import.meta.url).pathname;
const made = new Map();

// pictures: [{ mark, timeMs, width, height, jpeg }], mark as a number
export function buildFilm(pictures) {
  const head = Buffer.alloc(9);
  head.write("PFLM", 0, "latin1");
  head.writeUInt8(1, 4);
  head.writeUInt32BE(pictures.length, 5);
  return Buffer.concat([head, ...pictures.flatMap(({ mark, timeMs, width, height, jpeg }) => {
    const one = Buffer.alloc(17);
    one.writeUInt8(mark, 0);
    [timeMs, width, height, jpeg.length].forEach((value, i) => one.writeUInt32BE(value, 1 + i * 4));
    return [one, jpeg];
  })]);
}

function drawn(bytes) {
  const pictures = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const [mark, timeMs, width, height, size] = bytes.toString("latin1", at, end).split(" ").map(Number);
    pictures.push({ mark, timeMs, width, height, jpeg: bytes.subarray(end + 1, end + 1 + size) });
    at = end + 1 + size;
  }
  return pictures;
}

export function film(part) {
  if (!made.has(part)) {
    const python = process.env.PYTHON ?? "/usr/bin/python3";
    const bytes = execFileSync(python, [`${here}film.py`, part], { maxBuffer: 1 << 26 });
    made.set(part, buildFilm(drawn(bytes)));
  }
  return made.get(part);
}
