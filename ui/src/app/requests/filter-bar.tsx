// Search, state, level, and the dates that reach older requests.
import { useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import { LEVELS, STATES } from "../../shared/types";
import { narrowed, NO_FILTERS, type Filters } from "./filters";

export function FilterBar(
  { filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void },
) {
  const [dates, setDates] = useState(Boolean(filters.from || filters.to));
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        <span class="unseen">{t("requests.search")}</span>
        <Icon name="search" />
        <input
          type="search" name="query" placeholder={t("requests.search")}
          value={filters.query} maxLength={200}
          onInput={(event) => set({ query: event.currentTarget.value })}
        />
      </label>
      <label>
        <span class="unseen">{t("column.state")}</span>
        <select
          name="state" value={filters.state}
          onChange={(event) => set({ state: event.currentTarget.value })}
        >
          <option value="">{t("requests.any_state")}</option>
          {STATES.map((state) => <option value={state}>{tWord("state", state)}</option>)}
        </select>
      </label>
      <label>
        <span class="unseen">{t("column.level")}</span>
        <select
          name="level" value={filters.level}
          onChange={(event) => set({ level: event.currentTarget.value })}
        >
          <option value="">{t("requests.any_level")}</option>
          {LEVELS.map((level) => <option value={level}>{tWord("level.name", level)}</option>)}
        </select>
      </label>
      {dates
        ? (
          <div class="days">
            <label class="day">
              <span>{t("requests.from")}</span>
              <input
                type="date" name="from" value={filters.from}
                onInput={(event) => set({ from: event.currentTarget.value })}
              />
            </label>
            <label class="day">
              <span>{t("requests.to")}</span>
              <input
                type="date" name="to" value={filters.to}
                onInput={(event) => set({ to: event.currentTarget.value })}
              />
            </label>
          </div>
        )
        : (
          <button type="button" class="button quiet" onClick={() => setDates(true)}>
            <Icon name="clock" /><span>{t("requests.older")}</span>
          </button>
        )}
      {(narrowed(filters) || dates) && (
        <button
          type="button" class="button quiet"
          onClick={() => {
            setDates(false);
            onChange({ ...NO_FILTERS, sort: filters.sort, order: filters.order });
          }}
        >
          <Icon name="close" /><span>{t("requests.clear")}</span>
        </button>
      )}
    </form>
  );
}
