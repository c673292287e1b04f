// What to look at on this kind of document, and the models the accepted-
// documents table knows.
import { useEffect, useState } from "preact/hooks";
import { get, query } from "../../shared/api";
import { Dialog, Notice } from "../../shared/controls";
import { date } from "../../shared/format";
import { language, t, tWord } from "../../shared/text";
import type { DocumentModel, Review } from "../../shared/types";
import { Drawing } from "./drawings";
import { featuresFor } from "./features";

export function Reference({ one, onClose }: { one: Review; onClose: () => void }) {
  const country = one.document?.country ?? one.declared.country;
  const kind = one.document?.kind ?? one.declared.kind;
  const [models, setModels] = useState<DocumentModel[]>(
    (one.document?.models ?? []).map((model) => ({ model, from: null })),
  );
  useEffect(() => {
    // the page's own texts stand without an answer
    get<{ models: DocumentModel[] }>(`/v1/reviews/reference${query({ country, kind })}`)
      .then((answer) => setModels(answer.models), () => undefined);
  }, []);
  return (
    <Dialog title={t("reference.title", { what: tWord("kind", kind) })} onClose={onClose} wide>
      <Notice><p>{t("reference.honest")}</p></Notice>
      {models.length > 0 && (
        <p class="models">
          {t("reference.models", { country: country ?? "" })}{" "}
          {models.map((one) => one.from
            ? t("reference.from", { model: one.model, date: date(one.from, language()) })
            : one.model).join(" · ")}
        </p>
      )}
      <ul class="features" data-test="reference">
        {featuresFor(kind, country).map((name) => (
          <li key={name}>
            <Drawing name={name} />
            <div>
              <h3>{tWord("feature_name", name)}</h3>
              <p>{tWord("feature_look", name)}</p>
              <p class="doubt"><strong>{t("reference.doubt")}</strong> {tWord("feature_doubt", name)}</p>
            </div>
          </li>
        ))}
        {models.flatMap((one) => one.features ?? []).map((one) => (
          <li key={one.name + one.where}>
            <span />
            <div><h3>{one.name}</h3><p>{one.where}</p><p>{one.what}</p></div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
