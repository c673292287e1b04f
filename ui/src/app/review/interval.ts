// Wilson's interval at 95 %: where a share lies of which few cases were seen.
const Z = 1.96;

export function interval(part: number, whole: number): [number, number] {
  const share = part / whole;
  const spread = (Z * Z) / whole;
  const middle = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / whole + spread / (4 * whole));
  return [Math.max(0, (middle - half) / (1 + spread)), Math.min(1, (middle + half) / (1 + spread))];
}
