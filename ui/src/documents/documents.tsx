// Level by level, country by country. What the server says is what it does:
// the list comes from the table that the check reads.
import { useEffect, useState } from "preact/hooks";
import { Frame } from "../participant/frame";
import { Screen } from "../participant/screens/screen";
import { asFailure, get, query, type Failure } from "../shared/api";
import { Button, Field, Loading, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { date, fold } from "../shared/format";
import { language, t, tCount, tWord } from "../shared/text";
import type { AcceptedDocument, Page } from "../shared/types";
import { byCountry, type Country } from "./group";

const LEVELS = ["lcp", "qcp", "qcpnqscd"];

// The address may name a level: /accepted-documents?level=qcp
function firstLevel(): string {
  const wanted = new URLSearchParams(location.search).get("level") ?? "";
  return LEVELS.includes(wanted) ? wanted : "lcp";
}

export function Documents() {
  const [, redraw] = useState(0);
  const [level, setLevel] = useState(firstLevel);
  const [rows, setRows] = useState<AcceptedDocument[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wanted, setWanted] = useState("");
  const held = {
    act: () => Promise.resolve(null),
    retry: () => redraw((count) => count + 1),
  };
  const load = () => {
    setFailure(null);
    get<Page<AcceptedDocument>>(
      `/v1/accepted-documents${query({ level, language: language() })}`,
    ).then(
      (page) => setRows(page.data),
      (error: unknown) => setFailure(asFailure(error)),
    );
  };
  useEffect(load, [level, language()]);
  const found = byCountry(rows ?? [], language()).filter(
    (one) => fold(one.name).includes(fold(wanted)) || one.code.toLowerCase() === fold(wanted),
  );
  return (
    <Frame session={null} held={held} bare>
      <Screen name="accepted" title={t("accepted.title")} lead={t("accepted.lead")}>
        <fieldset class="levels">
          <legend>{t("accepted.level")}</legend>
          {LEVELS.map((one) => (
            <label key={one} class="check">
              <input
                type="radio" name="level" value={one} checked={one === level}
                data-test={`level-${one}`} onChange={() => setLevel(one)}
              />
              <span>{tWord("level.short", one)}</span>
            </label>
          ))}
        </fieldset>
        {failure && (
          <Notice tone="bad" alert>
            <p>{failureText(failure)}</p>
            <Button onClick={load}>{t("try_again")}</Button>
          </Notice>
        )}
        {!rows && !failure && <Loading />}
        {rows && (
          <>
            <Field label={t("choose.country")}>
              {(attributes) => (
                <input
                  {...attributes} type="search" name="country" autocomplete="off"
                  placeholder={t("choose.search")} value={wanted}
                  onInput={(event) => setWanted(event.currentTarget.value)}
                />
              )}
            </Field>
            <p class="unseen" role="status">{t("choose.found", { count: found.length })}</p>
            <List countries={found} />
            {found.length === 0 && <Notice><p>{t("choose.none")}</p></Notice>}
            <p class="small">{t("accepted.never")}</p>
          </>
        )}
      </Screen>
    </Frame>
  );
}

function List({ countries }: { countries: Country[] }) {
  return (
    <ul class="accepted">
      {countries.map((country) => (
        <li key={country.code} data-test={`country-${country.code}`}>
          <h2>{country.name}</h2>
          <ul>
            {country.kinds.map((kind) => (
              <li key={kind.kind}>
                <span class="accepted-kind">{kind.name}</span>
                <span class="small">
                  {kind.from ? t("accepted.from", { date: date(`${kind.from}T12:00:00`, language()) }) : ""}
                  {kind.from ? " · " : ""}{tCount("accepted.sides", kind.sides)}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
