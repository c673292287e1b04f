// What to look at on this kind of document, and the models the accepted-
// documents table knows.
import { Dialog, Notice } from "../../shared/controls";
import { date } from "../../shared/format";
import { language, t, tCount, tWord } from "../../shared/text";
import type { Review } from "../../shared/types";
import { Drawing } from "./drawings";
import { featuresFor } from "./features";

export function Reference({ one, onClose }: { one: Review; onClose: () => void }) {
  const country = one.document?.country ?? one.declared.country;
  const kind = one.document?.kind ?? one.declared.kind;
  const models = one.document?.models ?? [];
  return (
    <Dialog title={t("reference.title", { what: tWord("kind", kind) })} onClose={onClose} wide>
      <Notice><p>{t("reference.honest")}</p></Notice>
      {models.length > 0 && (
        <details class="models">
          <summary>{tCount("reference.models", models.length, { country: country ?? "" })}</summary>
          <ul>
            {models.map((each) => (
              <li key={each.model}>
                <strong>
                  {each.from
                    ? t("reference.from", { model: each.model, date: date(each.from, language()) })
                    : each.model}
                </strong>
                {each.source && <span class="sub" lang="en">{each.source}</span>}
              </li>
            ))}
          </ul>
        </details>
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
      </ul>
    </Dialog>
  );
}
