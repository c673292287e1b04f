// What operators learn from, without a case: the reference page of any model that
// is accepted, which is looked up, and how frauds look, which is read.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, query, type Failure } from "../../shared/api";
import { Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { language, t, tWord } from "../../shared/text";
import type { AcceptedDocument, DocumentModel, Page } from "../../shared/types";
import { byCountry, type Country } from "../../documents/group";
import { PageHead } from "../page";
import { Frauds } from "./frauds";
import { Gate, isGate } from "./gate";
import { ModelGuide } from "./reference";

const LEVELS = ["lcp", "qcp"]; // what one does not accept, the other may

export function GuidePage() {
  return (
    <div data-test="guide">
      <PageHead title={t("nav.guide")} lead={t("guide.lead")} />
      <section class="card"><h2>{t("guide.documents")}</h2><Models /></section>
      <section class="card"><h2>{t("guide.frauds")}</h2><Frauds /></section>
    </div>
  );
}

function Models() {
  const [countries, setCountries] = useState<Country[] | null>(null);
  const [country, setCountry] = useState("");
  const [kind, setKind] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    Promise.all(LEVELS.map((level) =>
      get<Page<AcceptedDocument>>(`/v1/accepted-documents${query({ level, language: language() })}`)))
      .then((pages) => setCountries(byCountry(pages.flatMap(({ data }) => data), language())),
        (error: unknown) => setFailure(asFailure(error)));
  };
  useEffect(load, []);
  if (failure) return <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>;
  if (!countries) return <Loading />;
  const kinds = countries.find(({ code }) => code === country)?.kinds ?? [];
  const known = kinds.find((one) => one.kind === kind)?.kind ?? kinds[0]?.kind ?? "";
  return (
    <>
      <div class="guide-choice">
        <label>
          {t("guide.country")}
          <select value={country} data-test="guide-country" onChange={(event) => setCountry(event.currentTarget.value)}>
            <option value="">–</option>
            {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
          </select>
        </label>
        {kinds.length > 0 && (
          <label>
            {t("guide.kind")}
            <select value={known} data-test="guide-kind" onChange={(event) => setKind(event.currentTarget.value)}>
              {kinds.map((one) => <option key={one.kind} value={one.kind}>{tWord("kind", one.kind)}</option>)}
            </select>
          </label>
        )}
      </div>
      {known && <Model key={`${country} ${known}`} country={country} kind={known} />}
    </>
  );
}

function Model({ country, kind }: { country: string; kind: string }) {
  const [models, setModels] = useState<DocumentModel[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    get<{ models: DocumentModel[] }>(`/v1/reviews/reference${query({ country, kind })}`).then(
      (got) => setModels(got.models), (error: unknown) => setFailure(asFailure(error)));
  };
  useEffect(load, []);
  if (failure && isGate(failure)) return <Gate failure={failure} onOpen={load} />;
  if (failure) return <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>;
  return models ? <ModelGuide kind={kind} country={country} models={models} /> : <Loading />;
}
