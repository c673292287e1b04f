// What to look at on this model of a document, beside the pictures: a plan of
// where things lie, and under the same numbers what they do. One looks from
// here to the document and back.
import { useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { date } from "../../shared/format";
import { language, t, tWord } from "../../shared/text";
import type { DocumentModel, Review } from "../../shared/types";
import { Drawing } from "./drawings";
import { guideTo, type Ground, type Guide } from "./features";
import { Frauds } from "./frauds";
import { Key } from "./key";
import { PlanOf } from "./plan";
import { StateFacts } from "./state-facts";

export function Reference({ one, onClose }: { one: Review; onClose: () => void }) {
  const [frauds, show] = useState(false);
  const country = one.document?.country ?? one.declared.country;
  const kind = one.document?.kind ?? one.declared.kind;
  return (
    <section class="part reference" data-test="reference">
      <div class="part-head">
        <h2>{frauds ? t("guide.frauds") : t("reference.title", { what: tWord("kind", kind) })}</h2>
        <Button kind="quiet" icon="close" onClick={onClose}>{t("close")} <Key act="reference" /></Button>
      </div>
      <div class="views">
        <button type="button" class="tool" aria-pressed={frauds} data-test="to-frauds" onClick={() => show(!frauds)}>
          {t("guide.frauds")}
        </button>
      </div>
      {frauds ? <Frauds />
        : <ModelGuide kind={kind} country={country} models={one.document?.models ?? []} />}
    </section>
  );
}

interface ModelProps { kind: string | null; country: string | null; models: DocumentModel[] }

export function ModelGuide({ kind, country, models }: ModelProps) {
  const [chosen, choose] = useState(0);
  const model = models[chosen] ?? null;
  const guide = guideTo(kind, country, model);
  return (
    <>
      {models.length > 1 && (
        <div class="views" role="group" aria-label={t("reference.models")}>
          {models.map((each, index) => (
            <button
              key={each.model} type="button" class="tool" aria-pressed={index === chosen}
              data-test="model" onClick={() => choose(index)}
            >
              {each.model}
            </button>
          ))}
        </div>
      )}
      {model && <About model={model} />}
      <PlanOf guide={guide} />
      <StateFacts kind={kind} country={country} model={model} />
      <Looks guide={guide} />
      <Notice><p>{t("reference.honest")}</p></Notice>
    </>
  );
}

function About({ model }: { model: DocumentModel }) {
  return (
    <p class="about-model">
      <strong>
        {model.from
          ? t("reference.from", { model: model.model, date: date(model.from, language()) })
          : model.model}
      </strong>
      {model.source && (
        <span class="sub">{t("reference.source")} <span lang="en">{model.source}</span></span>
      )}
    </p>
  );
}

function groundText(ground: Ground): string {
  if (ground.how === "given") return t("ground.given", { source: ground.source });
  if (ground.how === "usual") return t("ground.usual");
  return t("ground.told", { source: ground.source, side: tWord("side", ground.side) });
}

function Looks({ guide }: { guide: Guide }) {
  return (
    <ol class="features">
      {guide.features.map(({ name, number, ground }) => (
        <li key={name}>
          <Drawing name={name} />
          <div>
            <h3>{number !== null && <span class="number">{number}</span>} {tWord("feature_name", name)}</h3>
            <p>{tWord("feature_look", name)}</p>
            <p class="doubt"><strong>{t("reference.doubt")}</strong> {tWord("feature_doubt", name)}</p>
            {(number !== null || ground.how !== "usual") && <p class="ground">{groundText(ground)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
