// Where the guide frame stands on the screen, and which pixels of the camera
// lie under it. The preview covers the screen (object-fit: cover), so a part
// of the camera's picture is never seen, and never sent.

export interface Size { width: number; height: number }
export interface Box extends Size { x: number; y: number }

// Width by height: ISO 7810 ID-1 (cards) and ID-3 (passports).
export const CARD = 85.6 / 53.98;
export const PASSPORT = 125 / 88;

export function shapeOf(kind: string): number {
  return kind === "passport" ? PASSPORT : CARD;
}

// Millimetres across.
export function widthOf(kind: string): number {
  return kind === "passport" ? 125 : 85.6;
}

// What stands above and below the frame: the title; the hint and the button.
export const ABOVE = 84;
export const BELOW = 256;

// The frame takes most of the width, leaves room for words above and for hint
// and button below, and sits a little above the middle.
export function guideBox(view: Size, aspect: number): Box {
  const roomHigh = view.height - ABOVE - BELOW;
  const width = Math.min(
    view.width * 0.92, Math.max(roomHigh, view.height * 0.4) * aspect, 980,
  );
  const height = width / aspect;
  return {
    x: (view.width - width) / 2,
    y: Math.max(72, Math.min(
      Math.max(ABOVE, (view.height - height) * 0.44), view.height - height - BELOW,
    )),
    width,
    height,
  };
}

// While recording, words stand above the frame (beside it, where the screen is
// low) and a line below; the frame takes what is left.
export const FACE = 3 / 4;

export function stageBox(view: Size, aspect: number): Box {
  const low = view.height < 480 && view.width > view.height;
  const room = low
    ? { x: view.width * 0.42, y: 60, width: view.width * 0.58 - 16, height: view.height - 84 }
    : { x: 0, y: 236, width: view.width, height: Math.max(view.height - 236 - 100, 160) };
  const width = Math.min(
    room.width * (aspect < 1 ? 0.68 : 0.9), room.height * aspect, 900,
  );
  const height = width / aspect;
  return {
    x: room.x + (room.width - width) / 2,
    y: room.y + (room.height - height) / 2,
    width, height,
  };
}

// A box on the screen as a box in the camera's picture, kept inside it.
export function coverRegion(view: Size, video: Size, box: Box): Box {
  const scale = Math.max(view.width / video.width, view.height / video.height);
  const left = (video.width * scale - view.width) / 2;
  const top = (video.height * scale - view.height) / 2;
  const x0 = clamp((box.x + left) / scale, 0, video.width);
  const y0 = clamp((box.y + top) / scale, 0, video.height);
  const x1 = clamp((box.x + box.width + left) / scale, 0, video.width);
  const y1 = clamp((box.y + box.height + top) / scale, 0, video.height);
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

// The frame with some room around it: nobody aims exactly.
export function widened(box: Box, share: number, view: Size): Box {
  const dx = box.width * share;
  const dy = box.height * share;
  const x0 = Math.max(0, box.x - dx);
  const y0 = Math.max(0, box.y - dy);
  return {
    x: x0,
    y: y0,
    width: Math.min(view.width, box.x + box.width + dx) - x0,
    height: Math.min(view.height, box.y + box.height + dy) - y0,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
