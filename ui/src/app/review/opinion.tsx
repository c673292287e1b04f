// The operator's own opinion, before any score of the machine's is seen: three
// questions, three answers each. It is given once.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { Button, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { Answer, Opinion as Given, Review } from "../../shared/types";
import { draftOf } from "./drafts";
import { Key } from "./key";

export const ANSWERS: Answer[] = ["yes", "no", "unsure"];
export type Question = "document" | "face" | "liveness";
type Answers = { [one in Question]?: Answer };

// Nothing was recorded: then nobody can say whether somebody was alive.
export function questionsOf(one: Review): Question[] {
  return one.films.some((film) => film.part === "face")
    ? ["document", "face", "liveness"] : ["document", "face"];
}

export interface OpinionForm {
  questions: Question[];
  answers: Answers;
  open: Question | null; // the next without an answer
  busy: boolean;
  failure: Failure | null;
  answer: (question: Question, answer: Answer) => void;
  undo: () => boolean;
  submit: () => void;
}

export function useOpinion(
  one: Review, onGiven: (review: Review) => void, onFailure: (failure: Failure) => void,
): OpinionForm {
  const [answers, setAnswers] = useState<Answers>(() => draftOf(one).answers);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const order = useRef<Question[]>(Object.keys(answers) as Question[]);
  const change = (question: Question, answer?: Answer) => setAnswers((before) =>
    (draftOf(one).answers = { ...before, [question]: answer }));
  const questions = questionsOf(one);
  const open = questions.find((question) => !answers[question]) ?? null;

  const submit = async () => {
    if (open || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      onGiven(await post<Review>(`/v1/reviews/${one.id}/opinion`, { liveness: "none", ...answers }));
    } catch (error) {
      setFailure(asFailure(error));
      onFailure(asFailure(error));
    }
    setBusy(false);
  };
  return {
    questions, answers, open, busy, failure,
    answer: (question, answer) => {
      order.current = [...order.current.filter((each) => each !== question), question];
      change(question, answer);
    },
    undo: () => {
      const last = order.current.pop();
      if (last) change(last);
      return Boolean(last);
    },
    submit: () => void submit(),
  };
}

export function OpinionCard({ form, films }: { form: OpinionForm; films: boolean }) {
  const { questions, answers, open, busy, failure } = form;
  const card = useRef<HTMLElement>(null);
  const begun = Object.values(answers).some(Boolean);
  // who answers by key on a low screen sees what is asked, and what is left to press
  useEffect(() => {
    if (!begun) return;
    card.current?.querySelector(open ? ".question.open" : "[data-test=give-opinion]")
      ?.scrollIntoView({ block: "nearest" });
  }, [open, begun]);
  return (
    <section class="part opinion" data-test="opinion" ref={card}>
      <h2>{t("opinion.title")}</h2>
      <p class="hint">{t("opinion.lead")}</p>
      {questions.map((question) => (
        <fieldset key={question} class={`question${question === open ? " open" : ""}`}>
          <legend>
            {films ? tWord("opinion_question", question) : tWord("opinion_question_still", question)}
          </legend>
          <div class="answers">
            {ANSWERS.map((answer, index) => (
              <label key={answer} class={`answer ${answer}`}>
                <input
                  type="radio" name={question} value={answer} checked={answers[question] === answer}
                  onChange={() => form.answer(question, answer)}
                />
                <span>
                  {question === open && <Key act="answer" only={String(index + 1)} />}
                  {answers[question] === answer && <Icon name="check" />}
                  {tWord("answer", answer)}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      <Button
        kind="primary" wide busy={busy} disabled={open !== null} onClick={form.submit}
        test="give-opinion"
      >
        {t("opinion.give")} {!open && <Key act="confirm" />}
      </Button>
    </section>
  );
}

export function OpinionLine({ given, questions }: { given: Given; questions: Question[] }) {
  return (
    <ul class="opinion-line" data-test="opinion-given">
      {questions.map((question) => (
        <li key={question} class={given[question]}>
          {tWord("opinion_short", question)} <strong>{tWord("answer", given[question])}</strong>
        </li>
      ))}
    </ul>
  );
}
