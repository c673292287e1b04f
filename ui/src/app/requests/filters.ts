// What the list is asked for, as the API wants it.
import { query } from "../../shared/api";
import { dayStart } from "../../shared/format";

export type SortKey = "created_at" | "name" | "email" | "state" | "expires_at";

export interface Filters {
  query: string;
  state: string;
  level: string;
  from: string; // a day, "" for the last 30 days
  to: string;
  sort: SortKey;
  order: "asc" | "desc";
}

export const NO_FILTERS: Filters = {
  query: "", state: "", level: "", from: "", to: "",
  sort: "created_at", order: "desc",
};

export function narrowed(filters: Filters): boolean {
  return Boolean(
    filters.query.trim() || filters.state || filters.level ||
    filters.from || filters.to,
  );
}

export function searchOf(
  filters: Filters, more: Record<string, string | number | null> = {},
): string {
  return query({
    query: filters.query.trim(),
    state: filters.state,
    level: filters.level,
    created_after: filters.from ? dayStart(filters.from) : "",
    created_before: filters.to ? dayAfter(filters.to) : "",
    sort: filters.sort === "created_at" ? "" : filters.sort,
    order: filters.order === "desc" && filters.sort === "created_at"
      ? "" : filters.order,
    ...more,
  });
}

// "To 3 March" means the whole of that day.
export function dayAfter(day: string): string {
  const start = new Date(dayStart(day));
  start.setDate(start.getDate() + 1);
  return start.toISOString();
}

// Pressing a heading again turns the order; dates begin with the newest.
export function sorted(filters: Filters, key: SortKey): Filters {
  if (filters.sort === key) {
    return { ...filters, order: filters.order === "asc" ? "desc" : "asc" };
  }
  const newest = key === "created_at" || key === "expires_at";
  return { ...filters, sort: key, order: newest ? "desc" : "asc" };
}
