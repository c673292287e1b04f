// QR codes (ISO/IEC 18004) for addresses: bytes, error correction M, up to
// version 10 (213 bytes). A page that shows one thing needs no library for it.

// Per version from 1: check bytes a block, then data bytes of each block.
const BLOCKS: [number, number[]][] = [
  [10, [16]], [16, [28]], [26, [44]], [18, [32, 32]], [24, [43, 43]],
  [16, [27, 27, 27, 27]], [18, [31, 31, 31, 31]], [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]], [26, [43, 43, 43, 43, 44]],
];
const CENTRES = [
  [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42],
  [6, 26, 46], [6, 28, 50],
];

// Arithmetic in GF(256) over x^8 + x^4 + x^3 + x^2 + 1.
const POWER: number[] = [];
const LOG: number[] = [];
for (let i = 0, x = 1; i < 255; i += 1) {
  POWER[i] = x;
  LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}

function times(a: number, b: number): number {
  return a && b ? POWER[(LOG[a]! + LOG[b]!) % 255]! : 0;
}

function generator(degree: number): number[] {
  let poly = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...poly, 0];
    poly.forEach((one, j) => { next[j + 1]! ^= times(one, POWER[i]!); });
    poly = next;
  }
  return poly;
}

export function checkBytes(data: number[], count: number): number[] {
  const by = generator(count);
  const rest = [...data, ...new Array<number>(count).fill(0)];
  for (let i = 0; i < data.length; i += 1) {
    const lead = rest[i]!;
    by.forEach((one, j) => { rest[i + j]! ^= times(one, lead); });
  }
  return rest.slice(data.length);
}

function capacity(version: number): number {
  return BLOCKS[version - 1]![1].reduce((sum, one) => sum + one, 0);
}

function versionFor(size: number): number {
  for (let version = 1; version <= BLOCKS.length; version += 1) {
    if (size + (version < 10 ? 2 : 3) <= capacity(version)) return version;
  }
  throw new Error("too long for a QR code");
}

function dataBytes(text: string): { version: number; bytes: number[] } {
  const content = [...new TextEncoder().encode(text)];
  const version = versionFor(content.length);
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(content.length, version < 10 ? 8 : 16);
  content.forEach((one) => put(one, 8));
  put(0, Math.min(4, capacity(version) * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const bytes: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    bytes.push(Number.parseInt(bits.slice(i, i + 8).join(""), 2));
  }
  for (let pad = 0xec; bytes.length < capacity(version); pad ^= 0xfd) bytes.push(pad);
  return { version, bytes };
}

// Blocks side by side: damage in one place is shared among them.
function interleaved(version: number, bytes: number[]): number[] {
  const [checks, sizes] = BLOCKS[version - 1]!;
  let at = 0;
  const blocks = sizes.map((size) => {
    const data = bytes.slice(at, at + size);
    at += size;
    return { data, check: checkBytes(data, checks) };
  });
  const out: number[] = [];
  for (let i = 0; i < Math.max(...sizes); i += 1) {
    blocks.forEach(({ data }) => { if (i < data.length) out.push(data[i]!); });
  }
  for (let i = 0; i < checks; i += 1) blocks.forEach(({ check }) => out.push(check[i]!));
  return out;
}

type Grid = (boolean | null)[][]; // null: not drawn yet

function square(grid: Grid, row: number, column: number, reach: number): void {
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) {
      const line = grid[row + y];
      if (!line || line[column + x] === undefined) continue;
      const ring = Math.max(Math.abs(x), Math.abs(y));
      line[column + x] = ring !== 2 && ring !== 4;
    }
  }
}

function remainder(value: number, by: number, width: number): number {
  let rest = value << width;
  for (let i = 31 - Math.clz32(rest); i >= width; i = 31 - Math.clz32(rest)) {
    rest ^= by << (i - width);
    if (!rest) break;
  }
  return rest;
}

function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const bits = ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412;
  for (let i = 0; i < 15; i += 1) {
    const dark = ((bits >> i) & 1) === 1;
    const y = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    const x = i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i;
    grid[y]![8] = dark;
    grid[8]![x] = dark;
  }
  grid[size - 8]![8] = true;
}

function drawVersion(grid: Grid, version: number): void {
  if (version < 7) return;
  const size = grid.length;
  const bits = (version << 12) | remainder(version, 0x1f25, 12);
  for (let i = 0; i < 18; i += 1) {
    const dark = ((bits >> i) & 1) === 1;
    const a = Math.floor(i / 3);
    const b = size - 11 + (i % 3);
    grid[a]![b] = dark;
    grid[b]![a] = dark;
  }
}

function drawFixed(version: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => new Array(size).fill(null));
  square(grid, 3, 3, 4);
  square(grid, 3, size - 4, 4);
  square(grid, size - 4, 3, 4);
  const centres = CENTRES[version - 1]!;
  const last = centres.length - 1;
  centres.forEach((y, i) => centres.forEach((x, j) => {
    const corner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
    if (corner) return;
    for (let dy = -2; dy <= 2; dy += 1) {
      for (let dx = -2; dx <= 2; dx += 1) {
        grid[y + dy]![x + dx] = Math.max(Math.abs(dx), Math.abs(dy)) !== 1;
      }
    }
  }));
  for (let i = 8; i < size - 8; i += 1) {
    grid[6]![i] = i % 2 === 0;
    grid[i]![6] = i % 2 === 0;
  }
  drawFormat(grid, 0);
  drawVersion(grid, version);
  return grid;
}

const MASKS: ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

// Up and down in pairs of columns from the right, past the upright timing.
function fill(fixed: Grid, bytes: number[], mask: number): boolean[][] {
  const size = fixed.length;
  const grid = fixed.map((row) => [...row]);
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let i = 0; i < size; i += 1) {
      const y = up ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (fixed[y]![x] !== null) continue;
        const dark = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        grid[y]![x] = dark !== MASKS[mask]!(y, x);
        bit += 1;
      }
    }
  }
  drawFormat(grid, mask);
  return grid as boolean[][];
}

// What readers stumble over: runs, squares, false finders, one-sidedness.
function penalty(grid: boolean[][]): number {
  const size = grid.length;
  let sum = 0;
  let dark = 0;
  const line = (at: (i: number) => boolean) => {
    let text = "";
    for (let i = 0; i < size; i += 1) text += at(i) ? "1" : "0";
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (const bad of ["00001011101", "10111010000"]) {
      for (let i = text.indexOf(bad); i >= 0; i = text.indexOf(bad, i + 1)) sum += 40;
    }
  };
  for (let i = 0; i < size; i += 1) {
    line((j) => grid[i]![j]!);
    line((j) => grid[j]![i]!);
    for (let j = 0; j < size; j += 1) {
      if (grid[i]![j]) dark += 1;
      if (i + 1 < size && j + 1 < size && grid[i]![j] === grid[i]![j + 1] &&
        grid[i]![j] === grid[i + 1]![j] && grid[i]![j] === grid[i + 1]![j + 1]) sum += 3;
    }
  }
  return sum + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

export function qr(text: string): boolean[][] {
  const { version, bytes } = dataBytes(text);
  const all = interleaved(version, bytes);
  const fixed = drawFixed(version);
  const tried = MASKS.map((_, mask) => fill(fixed, all, mask));
  return tried.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

// One path for an SVG: a square of side 1 for each dark one.
export function qrPath(grid: boolean[][]): string {
  return grid.map((row, y) => row.map((dark, x) =>
    (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
}
