// Earlier requests as rows: one each, with all that it has in common with the
// case, and in which order a key opens them.
import type { Earlier } from "../../shared/types";

export interface EarlierOne extends Omit<Earlier, "same"> { sames: Earlier["same"][] }

export function oneEach(all: Earlier[]): EarlierOne[] {
  const rows = new Map<string, EarlierOne>();
  for (const { same, ...rest } of all) {
    const row = rows.get(rest.id) ?? { ...rest, sames: [] };
    row.sames.push(same);
    rows.set(rest.id, row);
  }
  return [...rows.values()];
}

// null after the last: the case alone again.
export function nextEarlier(all: Earlier[], open: string | null): string | null {
  const ids = oneEach(all).filter((each) => each.can_open).map(({ id }) => id);
  return ids[open === null ? 0 : ids.indexOf(open) + 1] ?? null;
}
