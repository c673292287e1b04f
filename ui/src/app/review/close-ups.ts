// What an eye compares on a document, one after the other: its faces, then each
// field as it is printed and as the zone has it.
import type { FieldPlace, Review } from "../../shared/types";

export const FACES = "faces";

// Only what stands there twice has anything to be held against.
export function closeUpsOf(one: Review, faces: number): string[] {
  const fields = one.fields.filter(({ places = [] }) =>
    new Set(places.map(({ source }) => source)).size > 1);
  return [...(faces > 1 ? [FACES] : []), ...fields.map(({ name }) => name)];
}

// null after the last: the pictures again.
export function nextCloseUp(all: string[], now: string | null): string | null {
  return all[now === null ? 0 : all.indexOf(now) + 1] ?? null;
}

// Printed above, the zone below it; where both sides of a card tell one of
// them, each has its place.
export function placesOf(one: Review, name: string): FieldPlace[] {
  const places = one.fields.find((field) => field.name === name)?.places ?? [];
  return [...places].sort((a, b) => Number(a.source === "mrz") - Number(b.source === "mrz"));
}

interface Box { x: number; y: number; width: number; height: number }

// With some of what surrounds it, as far as the picture goes.
export function widened(box: Box, by: number, picture: { width: number; height: number }): Box {
  const x = Math.max(0, box.x - by);
  const y = Math.max(0, box.y - by);
  return {
    x, y, width: Math.min(picture.width - x, box.x + box.width + by - x),
    height: Math.min(picture.height - y, box.y + box.height + by - y),
  };
}
