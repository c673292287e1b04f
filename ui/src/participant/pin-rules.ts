// What a PIN must be (product 5.10), as far as the page can tell: that it is
// not the birth date only the server knows.
export const PIN_LEAST = 6;
export const PIN_MOST = 12;

export type PinRule = "length" | "not_equal" | "no_run";

// Each digit's step from the one before; 9 is followed by 0, as in
// src/proc/pin.c.
function steps(pin: string): number[] {
  return [...pin].slice(1).map((one, i) => (Number(one) - Number(pin[i]) + 10) % 10);
}

export function pinRules(pin: string): Record<PinRule, boolean> {
  const between = steps(pin);
  const all = (step: number) =>
    between.length > 0 && between.every((one) => one === step);
  return {
    length: /^[0-9]+$/.test(pin) && pin.length >= PIN_LEAST && pin.length <= PIN_MOST,
    not_equal: pin.length > 0 && !all(0),
    no_run: pin.length > 0 && !all(1) && !all(9),
  };
}
