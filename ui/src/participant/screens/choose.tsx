// Country, then kind, from what the level accepts. Radio buttons in a list:
// arrows, typing in the filter and fingers all work without help of ours.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, query, type Failure } from "../../shared/api";
import { Button, Field, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { fold } from "../../shared/format";
import { has, language, t, tWord } from "../../shared/text";
import type { AcceptedDocument, Page } from "../../shared/types";
import type { ScreenProps } from "../journey";
import { DocumentDrawing } from "./drawing";
import { isOfOwnKey, OwnKeyChoice } from "./own-key";
import { Screen } from "./screen";

// Test workspaces accept specimens as well.
function useAccepted(level: string, test: boolean) {
  const [rows, setRows] = useState<AcceptedDocument[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    get<Page<AcceptedDocument>>(
      `/v1/accepted-documents${query({
        level, language: language(), test: test ? "true" : null,
      })}`,
    ).then(
      (page) => setRows(page.data),
      (error: unknown) => setFailure(asFailure(error)),
    );
  };
  useEffect(load, [level, language()]);
  return { rows, failure, load };
}

export function countriesOf(rows: AcceptedDocument[]): { code: string; name: string }[] {
  const names = new Map(rows.map((row) => [row.country, row.country_name]));
  return [...names]
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language()));
}

export function kindsOf(rows: AcceptedDocument[], country: string): AcceptedDocument[] {
  const kinds = new Map<string, AcceptedDocument>();
  for (const row of rows) {
    if (row.country === country && !kinds.has(row.kind)) kinds.set(row.kind, row);
  }
  return [...kinds.values()];
}

export function ChooseDocument(
  props: ScreenProps & { onChosen: () => void; onBack: (() => void) | null },
) {
  const { session, act, busy, failure, onChosen, onBack } = props;
  const accepted = useAccepted(session.level, session.workspace.test);
  const [country, setCountry] = useState<string | null>(null);
  const rows = accepted.rows ?? [];

  const choose = (kind: string) =>
    void act("document", { country, kind }).then((done) => done && onChosen());

  return (
    <Screen
      name="document-choose" title={t("choose.title")}
      lead={country ? undefined : t("choose.lead")}
      failure={isOfOwnKey(failure) ? null : failure}
    >
      {accepted.failure && (
        <Notice tone="bad" alert>
          <p>{failureText(accepted.failure)}</p>
          <Button onClick={accepted.load}>{t("try_again")}</Button>
        </Notice>
      )}
      {!accepted.rows && !accepted.failure && <Loading />}
      {accepted.rows && !country && <Countries rows={rows} onChoose={setCountry} />}
      {country && (
        <>
          <div class="chosen">
            <span>{rows.find((row) => row.country === country)?.country_name}</span>
            <Button kind="quiet" onClick={() => setCountry(null)}>{t("choose.change")}</Button>
          </div>
          <h2>{t("choose.kind")}</h2>
          <ul class="kinds">
            {kindsOf(rows, country).map((row) => (
              <li key={row.kind}>
                <button
                  type="button" class="kind" data-test={`kind-${row.kind}`}
                  disabled={busy !== null} onClick={() => choose(row.kind)}
                >
                  <DocumentDrawing kind={row.kind} side="front" />
                  <span>
                    <strong>{has(`kind.${row.kind}`) ? tWord("kind", row.kind) : row.kind_name}</strong>
                    <span class="small">
                      {row.kind === "passport" ? t("choose.one_page")
                        : row.sides === 2 ? t("choose.two_sides") : t("choose.one_side")}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p class="small">{t("choose.not_accepted")}</p>
        </>
      )}
      {!country && <OwnKeyChoice {...props} />}
      {onBack && !country && <Button kind="quiet" wide onClick={onBack}>{t("back")}</Button>}
    </Screen>
  );
}

function Countries(
  { rows, onChoose }: { rows: AcceptedDocument[]; onChoose: (code: string) => void },
) {
  const [wanted, setWanted] = useState("");
  const found = countriesOf(rows).filter(
    (one) => fold(one.name).includes(fold(wanted)) ||
      one.code.toLowerCase() === fold(wanted),
  );
  return (
    <>
      <Field label={t("choose.country")}>
        {(attributes) => (
          <input
            {...attributes} type="search" name="country" autocomplete="off"
            placeholder={t("choose.search")} value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
            onKeyDown={(event) => {
              const only = found[0];
              if (event.key === "Enter" && found.length === 1 && only) onChoose(only.code);
            }}
          />
        )}
      </Field>
      <p class="unseen" role="status">{t("choose.found", { count: found.length })}</p>
      <ul class="countries">
        {found.map((one) => (
          <li key={one.code}>
            <button
              type="button" data-test={`country-${one.code}`}
              onClick={() => onChoose(one.code)}
            >
              {one.name}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <Notice>
          <p>{t("choose.none")}</p>
          <p><a href="/accepted-documents" target="_blank" rel="noreferrer">{t("welcome.accepted")}</a></p>
        </Notice>
      )}
    </>
  );
}
