// Wilson's interval at 95 %: where a share lies of which few cases were seen.
const Z = 1.96;

// More than a slip now and then: surely more often than once in twenty.
const OFTEN = 0.05;
const FEW = 5;

export function leftOften(left: number, drawn: number): boolean {
  return left >= FEW && interval(left, drawn)[0] > OFTEN;
}

export function interval(part: number, whole: number): [number, number] {
  const share = part / whole;
  const spread = (Z * Z) / whole;
  const middle = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / whole + spread / (4 * whole));
  return [Math.max(0, (middle - half) / (1 + spread)), Math.min(1, (middle + half) / (1 + spread))];
}
