// What the checks say: doubts first, each with its measure and, where it speaks
// of a place in the picture, a way to see it. What passes is folded away.
import { Button } from "../../shared/controls";
import { t, tCount, tWord } from "../../shared/text";
import type { Verdict } from "../../shared/types";
import { measure } from "./measure";

const TONE = { pass: "good", warn: "warning", fail: "bad", unsure: "quiet" };
const ORDER = ["fail", "warn", "unsure", "pass"];

interface Marking {
  marked: Verdict | null;
  onMark: (verdict: Verdict | null) => void;
}

export function Verdicts({ verdicts, ...marking }: Marking & { verdicts: Verdict[] }) {
  const doubts = verdicts.filter((one) => one.verdict !== "pass").sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict),
  );
  const passed = verdicts.filter((one) => one.verdict === "pass");
  return (
    <section class="card">
      <h2>{t("review.checks")}</h2>
      {doubts.length === 0 && <p>{t("review.no_doubt")}</p>}
      <List verdicts={doubts} {...marking} />
      {passed.length > 0 && (
        <details class="passed">
          <summary>{tCount("review.passed", passed.length)}</summary>
          <List verdicts={passed} {...marking} />
        </details>
      )}
    </section>
  );
}

function List({ verdicts, ...marking }: Marking & { verdicts: Verdict[] }) {
  return (
    <ul class="verdicts">
      {verdicts.map((one) => (
        <Line key={`${one.name}-${one.side ?? ""}`} one={one} {...marking} />
      ))}
    </ul>
  );
}

function Line({ one, marked, onMark }: Marking & { one: Verdict }) {
  const shown = marked === one;
  return (
    <li>
      <p>
        <span class={`pill ${TONE[one.verdict]}`}>{tWord("verdict", one.verdict)}</span>
        <strong>{tWord("check", one.name)}</strong>
      </p>
      {one.explanation && <p class="sub">{one.explanation}</p>}
      {typeof one.value === "number" && (
        <p class="sub">
          {t("review.value", { value: measure(one.value) })}
          {typeof one.threshold === "number" &&
            ` · ${t("review.threshold", { value: measure(one.threshold) })}`}
        </p>
      )}
      {one.box && (
        <Button
          kind="quiet" icon="search" aria-pressed={shown} test={`mark-${one.name}`}
          onClick={() => onMark(shown ? null : one)}
        >
          {t("review.where")}
        </Button>
      )}
    </li>
  );
}
