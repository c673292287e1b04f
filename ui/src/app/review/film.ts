// Films (src/ident/film.h): the only form in which a recording comes here.
// Numbers are big-endian, as everywhere between the programs.
//
//   "PFLM" version(1) count(u32), then for each picture
//   mark(u8) time_ms(u32) width(u32) height(u32) size(u32), JPEG bytes

export const MARKS = [
  "frame", "portrait", "front", "back", "still_front", "still_back", "face",
] as const;
export type Mark = (typeof MARKS)[number];

export interface FilmPicture {
  mark: Mark;
  timeMs: number;
  width: number;
  height: number;
  jpeg: Uint8Array<ArrayBuffer>; // lies in the film, not copied
}

export interface Film {
  frames: FilmPicture[];
  best: FilmPicture[]; // all that is no frame
}

const HEAD = 9;
const PICTURE_HEAD = 17;
const PICTURES_MAX = 1000;
const SIDE_MAX = 4096;

export class DamagedFilm extends Error {}

function pictureAt(bytes: ArrayBuffer, view: DataView, at: number): FilmPicture {
  if (bytes.byteLength - at < PICTURE_HEAD) throw new DamagedFilm("cut off");
  const mark = MARKS[view.getUint8(at)];
  const width = view.getUint32(at + 5);
  const height = view.getUint32(at + 9);
  const size = view.getUint32(at + 13);
  if (!mark || !width || !height || width > SIDE_MAX || height > SIDE_MAX) {
    throw new DamagedFilm("no such picture");
  }
  if (!size || size > bytes.byteLength - at - PICTURE_HEAD) throw new DamagedFilm("cut off");
  return {
    mark, width, height, timeMs: view.getUint32(at + 1),
    jpeg: new Uint8Array(bytes, at + PICTURE_HEAD, size),
  };
}

export function parseFilm(bytes: ArrayBuffer): Film {
  const view = new DataView(bytes);
  if (bytes.byteLength < HEAD || view.getUint32(0) !== 0x50464c4d || view.getUint8(4) !== 1) {
    throw new DamagedFilm("not a film");
  }
  const count = view.getUint32(5);
  if (count > PICTURES_MAX) throw new DamagedFilm("too many pictures");
  const film: Film = { frames: [], best: [] };
  let at = HEAD;
  for (let i = 0; i < count; i += 1) {
    const picture = pictureAt(bytes, view, at);
    (picture.mark === "frame" ? film.frames : film.best).push(picture);
    at += PICTURE_HEAD + picture.jpeg.byteLength;
  }
  if (at !== bytes.byteLength) throw new DamagedFilm("more than it says");
  return film;
}

// The frame that is seen at a time: the last one that has begun.
export function frameAt(frames: FilmPicture[], ms: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((frames[middle]?.timeMs ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

// How long it lasts: the last frame stands as long as the one before it.
export function lengthOf(frames: FilmPicture[]): number {
  const last = frames[frames.length - 1]?.timeMs ?? 0;
  const before = frames[frames.length - 2]?.timeMs ?? last - 100;
  return Math.max(1, last + Math.max(1, last - before));
}
