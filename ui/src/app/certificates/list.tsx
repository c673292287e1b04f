// "Find a certificate": by e-mail, name, phone or serial number.
import { useState } from "preact/hooks";
import { asFailure, get, query, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { shortDate } from "../../shared/format";
import { useDebounced, usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import { LEVELS, type Certificate, type Page } from "../../shared/types";
import type { SectionProps } from "../app";
import { LevelTag, PageHead, StatePill } from "../page";
import { certificatesLead } from "../rights";
import { go } from "../router";

const STATUSES = ["valid", "expired", "revoked"];

interface Wanted { text: string; status: string; level: string }

// Two certificates may share digits; a serial number is long and hex.
export function searchOf(wanted: Wanted, cursor: string | null = null): string {
  const text = wanted.text.trim();
  const hex = text.replace(/[\s:]/g, "").toLowerCase();
  const serial = /^[0-9a-f]{12,60}$/.test(hex) && /[a-f]/.test(hex) ? hex : "";
  return query({
    query: serial ? "" : text, serial, status: wanted.status,
    level: wanted.level, cursor,
  });
}

export function CertificateList({ me }: SectionProps) {
  const [wanted, setWanted] = useState<Wanted>({ text: "", status: "", level: "" });
  const settled = useDebounced(wanted, 250);
  const [rows, setRows] = useState<Certificate[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [more, setMore] = useState(false);

  usePolling(async (signal) => {
    if (more) return;
    try {
      const page = await get<Page<Certificate>>(`/v1/certificates${searchOf(settled)}`, signal);
      setRows(page.data);
      setCursor(page.has_more ? page.next_cursor : null);
      setFailure(null);
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error));
    }
  }, 10_000, [settled]);

  const loadMore = async () => {
    setMore(true);
    try {
      const page = await get<Page<Certificate>>(`/v1/certificates${searchOf(settled, cursor)}`);
      setRows((before) => [...(before ?? []), ...page.data]);
      setCursor(page.has_more ? page.next_cursor : null);
      setFailure(null);
    } catch (error) {
      setFailure(asFailure(error));
    }
  };
  const set = (change: Partial<Wanted>) => {
    setMore(false);
    setWanted({ ...wanted, ...change });
  };

  return (
    <>
      <PageHead title={t("nav.certificates")} lead={t(certificatesLead(me))} />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label class="search">
          <span class="unseen">{t("certificates.search")}</span>
          <Icon name="search" />
          <input
            type="search" name="query" placeholder={t("certificates.search")}
            value={wanted.text} maxLength={200}
            onInput={(event) => set({ text: event.currentTarget.value })}
          />
        </label>
        <label>
          <span class="unseen">{t("column.status")}</span>
          <select value={wanted.status} onChange={(event) => set({ status: event.currentTarget.value })}>
            <option value="">{t("certificates.any_status")}</option>
            {STATUSES.map((one) => <option value={one}>{tWord("status", one)}</option>)}
          </select>
        </label>
        <label>
          <span class="unseen">{t("column.level")}</span>
          <select value={wanted.level} onChange={(event) => set({ level: event.currentTarget.value })}>
            <option value="">{t("requests.any_level")}</option>
            {LEVELS.map((one) => <option value={one}>{tWord("level.name", one)}</option>)}
          </select>
        </label>
      </form>
      {failure && <Notice tone="warning" alert><p>{failureText(failure)}</p></Notice>}
      {!rows && !failure && <Loading />}
      {rows?.length === 0 && (
        <div class="empty">
          <Icon name="certificate" />
          <p>{wanted.text || wanted.status || wanted.level
            ? t("certificates.nothing_found") : t("certificates.empty")}</p>
        </div>
      )}
      {rows && rows.length > 0 && <Table rows={rows} />}
      {cursor && (
        <p class="list-more"><Button onClick={() => void loadMore()}>{t("requests.more")}</Button></p>
      )}
    </>
  );
}

function Table({ rows }: { rows: Certificate[] }) {
  return (
    <div class="table-box">
      <table class="requests" data-test="certificates">
        <caption class="unseen">{t("nav.certificates")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col">{t("column.level")}</th>
            <th scope="col">{t("column.status")}</th>
            <th scope="col">{t("column.from")}</th>
            <th scope="col">{t("column.to")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr
              key={one.id} data-test="certificate" data-email={one.email}
              onClick={(event) => {
                if (!(event.target as Element).closest("a")) go(`certificates/${one.id}`);
              }}
            >
              <td class="person">
                <a href={`#/certificates/${one.id}`}>{one.fullname || one.email}</a>
                <span>{one.email}</span>
              </td>
              <td class="level"><LevelTag level={one.level} /></td>
              <td class="state"><StatePill state={one.status} /></td>
              <td class="created">{shortDate(one.not_before, language())}</td>
              <td class="expires">{shortDate(one.not_after, language())}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
