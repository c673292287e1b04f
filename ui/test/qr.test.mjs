// QR codes, read back by a reader of our own that shares nothing with the
// writer: places, masks, blocks and error bytes. (Compared with zxing-cpp by
// hand at all lengths; that is no package of these tests.)
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

const { qr, qrPath, checkBytes } = await import(join(process.env.MODULES, "shared/qr.mjs"));

// ISO/IEC 18004 table 9, level M: [codewords, check bytes a block, blocks]
const M = [
  [26, 10, 1], [44, 16, 1], [70, 26, 1], [100, 18, 2], [134, 24, 2],
  [172, 16, 4], [196, 18, 4], [242, 22, 4], [292, 22, 5], [346, 26, 5],
];
const MASK = [
  (i, j) => (i + j) % 2, (i) => i % 2, (i, j) => j % 3, (i, j) => (i + j) % 3,
  (i, j) => ((i >> 1) + Math.floor(j / 3)) % 2, (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2, (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
];

function multiply(a, b) {
  let out = 0;
  for (let x = a, y = b; y; y >>= 1, x = x & 128 ? (x << 1) ^ 285 : x << 1) if (y & 1) out ^= x;
  return out;
}

function syndromesAreZero(block, checks) {
  for (let k = 0, root = 1; k < checks; k += 1, root = multiply(root, 2)) {
    if (block.reduce((sum, one) => multiply(sum, root) ^ one, 0) !== 0) return false;
  }
  return true;
}

function isReserved(size, i, j) {
  const version = (size - 17) / 4;
  if ((i < 9 && j < 9) || (i < 9 && j >= size - 8) || (i >= size - 8 && j < 9)) return true;
  if (i === 6 || j === 6) return true;
  if (version >= 7 && ((i < 6 && j >= size - 11) || (j < 6 && i >= size - 11))) return true;
  if (version < 2) return false;
  const last = size - 7;
  const count = version < 7 ? 2 : 3;
  const places = count === 2 ? [6, last] : [6, (6 + last) / 2, last];
  return places.some((y) => places.some((x) => {
    const corner = (y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6);
    return !corner && Math.abs(i - y) <= 2 && Math.abs(j - x) <= 2;
  }));
}

function read(grid) {
  const size = grid.length;
  const version = (size - 17) / 4;
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((j) => grid[8][j])
    .concat([7, 5, 4, 3, 2, 1, 0].map((i) => grid[i][8]))
    .reduce((sum, dark) => (sum << 1) | (dark ? 1 : 0), 0) ^ 0x5412;
  assert.equal(format >> 13, 0, "level M");
  const mask = MASK[(format >> 10) & 7];
  const bits = [];
  for (let j = size - 1, up = true; j > 0; j -= 2, up = !up) {
    if (j === 6) j = 5;
    for (let k = 0; k < size; k += 1) {
      const i = up ? size - 1 - k : k;
      for (const x of [j, j - 1]) {
        if (!isReserved(size, i, x)) bits.push((grid[i][x] ? 1 : 0) ^ (mask(i, x) === 0 ? 1 : 0));
      }
    }
  }
  const [total, checks, count] = M[version - 1];
  const words = Array.from({ length: total }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8).join(""), 2));
  const short = Math.floor(total / count) - checks;
  const longer = total % count;
  const blocks = Array.from({ length: count }, () => []);
  let at = 0;
  for (let i = 0; i <= short; i += 1) {
    blocks.forEach((block, b) => { if (i < short || b >= count - longer) block.push(words[at++]); });
  }
  const data = blocks.flatMap((block) => [...block]);
  for (let i = 0; i < checks; i += 1) blocks.forEach((block) => block.push(words[at++]));
  blocks.forEach((block) => assert.ok(syndromesAreZero(block, checks), "no error in any block"));
  const stream = data.map((one) => one.toString(2).padStart(8, "0")).join("");
  assert.equal(stream.slice(0, 4), "0100");
  const wide = version < 10 ? 8 : 16;
  const length = Number.parseInt(stream.slice(4, 4 + wide), 2);
  return Buffer.from(Array.from({ length }, (_, i) =>
    Number.parseInt(stream.slice(4 + wide + 8 * i, 12 + wide + 8 * i), 2))).toString();
}

test("an address of every length that fits is read back", () => {
  const alphabet = "aZ9-_/.#:%é";
  for (let length = 1; length <= 200; length += 1) {
    const text = Array.from({ length }, (_, i) => alphabet[(i * 7 + length) % alphabet.length]).join("");
    if (Buffer.byteLength(text) <= 213) assert.equal(read(qr(text)), text, `${length}`);
  }
});

test("what does not fit is refused", () => {
  assert.equal(read(qr("x".repeat(213))).length, 213);
  assert.throws(() => qr("x".repeat(214)));
});

test("check bytes are those of the standard's own example", () => {
  // ISO/IEC 18004 annex I: 01234567 at level M of version 1
  const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11];
  assert.deepEqual(checkBytes(data, 10), [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55]);
});

test("it is drawn as one path of squares", () => {
  assert.equal(qrPath([[true, false], [false, true]]), "M0 0h1v1h-1zM1 1h1v1h-1z");
});
