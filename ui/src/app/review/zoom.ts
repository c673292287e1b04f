// Zoom and pan, shared by all panes of a view. Shifts are parts of a pane's
// width and height, so that panes of other sizes show the same place.

export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
export const SCALE_MAX = 12;
const STEP = 1.5;

const within = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value));

// Never so far that nothing is left to see.
function kept({ scale, x, y }: Zoom): Zoom {
  if (scale <= 1) return WHOLE;
  return { scale, x: within(x, scale / 2), y: within(y, scale / 2) };
}

// What lies under the point stays under it. The point is counted from the
// pane's middle: -0.5 to 0.5.
export function zoomAt(before: Zoom, factor: number, px = 0, py = 0): Zoom {
  const scale = Math.min(SCALE_MAX, Math.max(1, before.scale * factor));
  const real = scale / before.scale;
  return kept({
    scale, x: px - (px - before.x) * real, y: py - (py - before.y) * real,
  });
}

export const zoomIn = (before: Zoom) => zoomAt(before, STEP);
export const zoomOut = (before: Zoom) => zoomAt(before, 1 / STEP);

export function panned(before: Zoom, dx: number, dy: number): Zoom {
  return kept({ ...before, x: before.x + dx, y: before.y + dy });
}

// Centres a place, given by its middle in parts of the pane, with room around.
export function zoomTo(
  middle: { x: number; y: number }, size: { width: number; height: number },
): Zoom {
  const scale = Math.min(6, Math.max(1, 0.6 / Math.max(size.width, size.height, 0.05)));
  return kept({ scale, x: -middle.x * scale, y: -middle.y * scale });
}

// Where a box of a picture lies in a pane that shows it whole.
export function boxInPane(
  box: { x: number; y: number; width: number; height: number },
  picture: { width: number; height: number },
  pane: { width: number; height: number },
) {
  const fit = Math.min(pane.width / picture.width, pane.height / picture.height);
  const part = (value: number, whole: number, side: number) =>
    ((value - whole / 2) * fit) / side;
  return {
    middle: {
      x: part(box.x + box.width / 2, picture.width, pane.width),
      y: part(box.y + box.height / 2, picture.height, pane.height),
    },
    size: { width: (box.width * fit) / pane.width, height: (box.height * fit) / pane.height },
  };
}

// How much a turned picture shrinks to fit its pane again.
export function fitTurned(
  turn: number, picture: { width: number; height: number },
  pane: { width: number; height: number },
): number {
  if (turn % 180 === 0 || !picture.width || !pane.width) return 1;
  const straight = Math.min(pane.width / picture.width, pane.height / picture.height);
  const turned = Math.min(pane.width / picture.height, pane.height / picture.width);
  return turned / straight;
}

const PHOTO = 4 / 3; // wide, as documents are photographed
const CAPTION = 30;

// Whether two wide pictures are larger above each other than side by side.
export function isLargerAbove(room: { width: number; height: number }): boolean {
  const beside = Math.min(room.width / 2, (room.height - CAPTION) * PHOTO);
  const above = Math.min(room.width, (room.height / 2 - CAPTION) * PHOTO);
  return above > beside;
}
