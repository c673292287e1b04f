// What is particular to a state's documents: their numbers, names, zone, years.
import type { ComponentChildren } from "preact";
import { t, tCount, tWord } from "../../shared/text";
import type { DocumentModel } from "../../shared/types";
import { factsOf, type Facts } from "./facts";
import type { PersonalNumber } from "./personal-numbers";

interface Props { kind: string | null; country: string | null; model: DocumentModel | null }

export function StateFacts({ kind, country, model }: Props) {
  const facts = factsOf(kind, country, model);
  const rows = [
    ...facts.peculiar.map(({ name, source }) => (
      <Row key={name} name={tWord("peculiar_name", name)} source={source}>{tWord("peculiar", name)}</Row>
    )),
    facts.numbers.length > 0 && (
      <Row key="number" name={t("facts.number")}>
        <span class="mono">{facts.numbers.join(", ")}</span>{" "}{t("facts.number_text")}
      </Row>
    ),
    facts.personal && <Personal key="personal" number={facts.personal} />,
    <Names key="names" facts={facts} />,
    facts.years && (
      <Row key="years" name={t("facts.years")} source={facts.years.source}>
        {tCount("facts.years_text", facts.years.most)}
        {facts.years.longerFrom > 0 && <>{" "}{t("facts.years_longer", { age: facts.years.longerFrom })}</>}
      </Row>
    ),
  ].filter(Boolean);
  return (
    <section class="facts" data-test="facts">
      <h3>{t("facts.title")}</h3>
      <dl>{rows}</dl>
      <p class="ground">{t("facts.ground")}</p>
    </section>
  );
}

function Row({ name, source, children }: {
  name: string; source?: string | undefined; children: ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {source && <span class="ground">{" "}({source})</span>}
      </dd>
    </div>
  );
}

function Personal({ number: { name, shape, tells, digit } }: { number: PersonalNumber }) {
  return (
    <Row name={t("facts.personal")}>
      {name}: <span class="mono">{shape}</span>
      <ul>{tells.map((one) => <li key={one}>{tWord("personal", one, { digit: digit ?? 0 })}</li>)}</ul>
    </Row>
  );
}

function Names({ facts: { letters, spelt } }: { facts: Facts }) {
  if (letters === null) return null;
  const spellings = spelt.map(([letter, zone]) =>
    t("facts.letter", { letter, zone: zone.join(t("facts.or")) })).join(", ");
  return (
    <Row name={t("facts.names")}>
      {letters === "" ? t("facts.names_plain") : t("facts.names_text", { letters: [...letters].join(" ") })}
      {spellings && <>{" "}{t("facts.names_zone", { spellings })}</>}
    </Row>
  );
}
