// How regularly frames come: a real camera trembles by some milliseconds, a
// file played as a camera often does not. A running sum, nothing is kept.

export interface Spacing {
  frames: number; // with one before them
  mean: number; // milliseconds between two
  deviation: number;
}

export interface Meter {
  frame(at: number): void; // milliseconds
  read(): Spacing;
}

export function startMeter(): Meter {
  let before: number | null = null;
  let count = 0;
  let mean = 0;
  let squares = 0; // Welford's sum

  return {
    frame(at) {
      const gap = before === null ? null : at - before;
      before = at;
      if (gap === null || gap <= 0) return; // the same frame again
      count += 1;
      const off = gap - mean;
      mean += off / count;
      squares += off * (gap - mean);
    },
    read: () => ({
      frames: count, mean,
      deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0,
    }),
  };
}
