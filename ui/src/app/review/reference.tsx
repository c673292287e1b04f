// What to look at on this kind of document, beside the pictures: one looks from
// the drawing to the document and back.
import { Button, Notice } from "../../shared/controls";
import { date } from "../../shared/format";
import { language, t, tCount, tWord } from "../../shared/text";
import type { Review } from "../../shared/types";
import { Drawing } from "./drawings";
import { featuresFor } from "./features";
import { Key } from "./key";

export function Reference({ one, onClose }: { one: Review; onClose: () => void }) {
  const country = one.document?.country ?? one.declared.country;
  const kind = one.document?.kind ?? one.declared.kind;
  const models = one.document?.models ?? [];
  return (
    <section class="part" data-test="reference">
      <div class="part-head">
        <h2>{t("reference.title", { what: tWord("kind", kind) })}</h2>
        <Button kind="quiet" icon="close" onClick={onClose}>{t("close")} <Key act="reference" /></Button>
      </div>
      <Notice><p>{t("reference.honest")}</p></Notice>
      <ul class="features">
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
    </section>
  );
}
