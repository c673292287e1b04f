// What the checks say: doubts first, each with its measure and, where it speaks
// of a place in a picture or a stretch of a film, a way to see it. What passes
// is folded away.
import { useFocus } from "../../shared/hooks";
import { has, t, tCount, tWord } from "../../shared/text";
import type { Machine, Opinion, Review, Verdict } from "../../shared/types";
import { Key } from "./key";
import { measure } from "./measure";
import { OpinionLine, type Question } from "./opinion";
import { said } from "./said";

const TONE = { pass: "good", warn: "warning", fail: "bad", unsure: "quiet" };
const ORDER = ["fail", "warn", "unsure", "pass"];
const MACHINE: Record<Machine, string> = { accepts: "good", doubts: "warning", refuses: "bad" };

interface Marking {
  marked: Verdict | null;
  onMark: (verdict: Verdict | null) => void;
}

export function sortedDoubts(verdicts: Verdict[]): Verdict[] {
  return verdicts.filter((one) => one.verdict !== "pass").sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict),
  );
}

export const checkText = (one: Verdict) =>
  has(`check.${one.name}`) ? tWord("check", one.name) : one.title;

export const hasPlace = (one: Verdict) => Boolean(one.box || one.span);

export function Results(
  { verdicts, machine, opinion, questions, remarks, ...marking }: Marking & {
    remarks: Remarks; verdicts: Verdict[]; machine: Machine | undefined; opinion: Opinion; questions: Question[];
  },
) {
  const head = useFocus<HTMLHeadingElement>();
  const doubts = sortedDoubts(verdicts);
  const passed = verdicts.filter((one) => one.verdict === "pass");
  return (
    <section class="part" data-test="results">
      <h2 ref={head} tabIndex={-1}>{t("review.checks")}</h2>
      <dl class="sides">
        <dt>{t("review.you")}</dt>
        <dd><OpinionLine given={opinion} questions={questions} /></dd>
        {machine && (
          <>
            <dt>{t("review.machine")}</dt>
            <dd><span class={`pill ${MACHINE[machine]}`} data-test="machine">{tWord("machine", machine)}</span></dd>
          </>
        )}
      </dl>
      {doubts.length === 0 && <p class="hint">{t("review.no_doubt")}</p>}
      <List verdicts={doubts} {...marking} />
      <RemarkList remarks={remarks} />
      {passed.length > 0 && (
        <details class="passed">
          <summary>{tCount("review.passed", passed.length)}</summary>
          <List verdicts={passed} {...marking} />
        </details>
      )}
    </section>
  );
}

type Remarks = NonNullable<Review["remarks"]>;

// A stranger's word on camera and line: worth a look, never a verdict.
function RemarkList({ remarks }: { remarks: Remarks }) {
  const said = remarks.flatMap(({ part, words }) => words.map((word) => ({ part, word })));
  const often = remarks.filter(({ told }) => told > 1);
  if (said.length + often.length === 0) return null;
  return (
    <ul class="remarks" data-test="remarks">
      {said.map(({ part, word }) => (
        <li key={`${part}-${word}`}>{tWord("view", part)}: {tWord("remark", word)}</li>
      ))}
      {often.map(({ part, told }) => (
        <li key={`${part}-told`} data-test={`told-${part}`}>
          {tWord("view", part)}: {t("remark.told", { count: told })}
        </li>
      ))}
    </ul>
  );
}

function List({ verdicts, ...marking }: Marking & { verdicts: Verdict[] }) {
  return (
    <ul class="verdicts">
      {verdicts.map((one) => (
        <Line key={`${one.name}-${one.source ?? one.side ?? ""}`} one={one} {...marking} />
      ))}
    </ul>
  );
}

function Said({ sentence }: { sentence: string }) {
  const { lang, text } = said(sentence);
  return <span lang={lang}>{text}</span>;
}

function Line({ one, marked, onMark }: Marking & { one: Verdict }) {
  const shown = marked === one;
  return (
    <li class={shown ? "shown" : ""}>
      <p class="verdict-head">
        <span class={`pill ${TONE[one.verdict]}`}>{tWord("verdict", one.verdict)}</span>
        <strong>{checkText(one)}</strong>
        {hasPlace(one) && (
          <button
            type="button" class="where" aria-pressed={shown} data-test={`mark-${one.name}`}
            onClick={() => onMark(shown ? null : one)}
          >
            {t("review.where")} {one.verdict !== "pass" && <Key act="where" />}
          </button>
        )}
      </p>
      <p class="sub">
        {typeof one.value === "number" && (
          <span>
            {t("review.value", { value: measure(one.value) })}
            {typeof one.threshold === "number" &&
              ` · ${t("review.threshold", { value: measure(one.threshold) })}`}
          </span>
        )}
        {one.explanation && <Said sentence={one.explanation} />}
      </p>
    </li>
  );
}
