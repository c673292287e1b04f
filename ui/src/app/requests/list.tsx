// The requests of the last 30 days. It asks again every four seconds while it
// can be seen, for as many rows as are shown, so that progress moves by itself.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment, nearDate } from "../../shared/format";
import { useDebounced, usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { spacedPhone } from "../../shared/phone";
import { language, t, type TextKey } from "../../shared/text";
import type { Me, Page, Registration } from "../../shared/types";
import { LevelTag, StatePill } from "../page";
import { go } from "../router";
import { expiryOf, hasEnded } from "./ended";
import { FilterBar } from "./filter-bar";
import { narrowed, NO_FILTERS, searchOf, sorted, type Filters, type SortKey } from "./filters";

const PAGE = 50;
const MOST = 200;

export function RequestList({ me, changes }: { me: Me; changes: number }) {
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const settled = useDebounced(filters, 250);
  const [rows, setRows] = useState<Registration[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = useRef(PAGE);

  useEffect(() => { shown.current = PAGE; }, [settled]);

  usePolling(async (signal) => {
    try {
      const limit = Math.min(MOST, shown.current);
      const page = await get<Page<Registration>>(
        `/v1/registrations${searchOf(settled, { limit })}`, signal,
      );
      setFailure(null);
      setRows((before) => {
        // past what one answer holds, only the top is brought up to date
        const rest = (before ?? []).slice(MOST);
        return shown.current > MOST ? [...page.data, ...rest] : page.data;
      });
      if (shown.current <= MOST) setCursor(page.has_more ? page.next_cursor : null);
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error));
    }
  }, 4000, [settled, changes]);

  const more = async () => {
    setBusy(true);
    try {
      const page = await get<Page<Registration>>(
        `/v1/registrations${searchOf(settled, { limit: PAGE, cursor })}`,
      );
      setRows((before) => [...(before ?? []), ...page.data]);
      shown.current += PAGE;
      setCursor(page.has_more ? page.next_cursor : null);
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <FilterBar filters={filters} onChange={setFilters} />
      {failure && (
        <Notice tone="warning" alert><p>{failureText(failure)}</p></Notice>
      )}
      {!rows && !failure && <Loading />}
      {rows?.length === 0 && <Empty me={me} filters={filters} />}
      {rows && rows.length > 0 && (
        <Table
          rows={rows} filters={filters}
          onSort={(key) => setFilters(sorted(filters, key))}
        />
      )}
      {cursor && (
        <p class="list-more">
          <Button busy={busy} onClick={() => void more()}>{t("requests.more")}</Button>
        </p>
      )}
      {rows && rows.length > 0 && (
        <p class="list-foot">
          <a href={`/v1/registrations.csv${searchOf(settled)}`} download>
            <Icon name="download" /> {t("requests.csv")}
          </a>
          {!settled.from && <span>{t("requests.last_30")}</span>}
        </p>
      )}
    </>
  );
}

function Empty({ me, filters }: { me: Me; filters: Filters }) {
  if (narrowed(filters)) {
    return <div class="empty"><p>{t("requests.nothing_found")}</p></div>;
  }
  return (
    <div class="empty" data-test="empty">
      <Icon name="certificate" />
      <h2>{t("requests.empty_title")}</h2>
      {me.can.create && <p>{t("requests.empty_text")}</p>}
      {me.can.create && (
        <Button kind="primary" icon="add" onClick={() => go("requests/new")}>
          {t("requests.create")}
        </Button>
      )}
    </div>
  );
}

const COLUMNS: { text: TextKey; sort?: SortKey; name: string }[] = [
  { text: "column.name", sort: "name", name: "person" },
  { text: "column.phone", name: "phone" },
  { text: "column.level", name: "level" },
  { text: "column.state", sort: "state", name: "state" },
  { text: "column.requested", sort: "created_at", name: "created" },
  { text: "column.expires", sort: "expires_at", name: "expires" },
];

function Table(
  { rows, filters, onSort }: {
    rows: Registration[]; filters: Filters; onSort: (key: SortKey) => void;
  },
) {
  return (
    <div class="table-box">
      <table class="requests" data-test="requests">
        <caption class="unseen">{t("requests.caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ text, sort, name }) => (
              <th
                key={name} scope="col" class={name}
                aria-sort={sort === filters.sort
                  ? filters.order === "asc" ? "ascending" : "descending"
                  : undefined}
              >
                {sort
                  ? (
                    <button type="button" onClick={() => onSort(sort)}>
                      {t(text)} <span class="sort" aria-hidden="true" />
                    </button>
                  )
                  : t(text)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: Registration }) {
  const address = `#/requests/${row.id}`;
  const expiry = expiryOf(row);
  return (
    <tr
      data-test="request" data-state={row.state} data-email={row.email}
      onClick={(event) => {
        if (!(event.target as Element).closest("a")) go(`requests/${row.id}`);
      }}
    >
      <td class="person">
        <a href={address}>{row.fullname || row.email}</a>
        {row.fullname && <span>{row.email}</span>}
      </td>
      <td class="phone">{spacedPhone(row.phone_number)}</td>
      <td class="level"><LevelTag level={row.level} /></td>
      <td class="state">
        <StatePill state={row.state} />
        <ProgressOf row={row} />
      </td>
      <td class="created">
        {moment(row.created_at, language())}
        <span class="sub">{t("requests.by", { name: row.requested_by })}</span>
      </td>
      <td class="expires">{expiry && nearDate(expiry, language())}</td>
    </tr>
  );
}

function ProgressOf({ row }: { row: Registration }) {
  if (hasEnded(row.state)) return null;
  const { done, total } = row.progress;
  return (
    <span class="row-progress">
      <progress max={total} value={done} aria-label={t("column.progress")} />
      <span>{t("requests.progress", { done, total })}</span>
    </span>
  );
}
