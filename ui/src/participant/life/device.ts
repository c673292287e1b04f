// What kind of device shows the page, as far as a page can tell.

// Held in a hand, with a camera on either side: a laptop whose screen may be
// touched as well is none.
export function isHandheld(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}
