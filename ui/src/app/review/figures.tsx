// How the review works: the queue, the day, and how well operators agree with
// each other and with cases whose truth is known. Operators see their own row.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { clock } from "../../shared/format";
import { language, t, tCount, tWord } from "../../shared/text";
import type { Figures as Numbers } from "../../shared/types";
import { PageHead } from "../page";
import { spell, spellMeasure } from "./age";
import { interval, leftOften } from "./interval";
import { Gate, isGate } from "./gate";

const time = (seconds: number | null, say = spell) => (seconds === null ? "–" : say(seconds));

const hourly = (decisions: number) =>
  (decisions / 24).toLocaleString(language(), { maximumFractionDigits: 1 });

// Work on a case is a matter of seconds: 1:14.
const work = (seconds: number | null) => (seconds === null ? "–" : clock(seconds));

// The count first, and where the true share lies: two of two is not "always".
function Share({ part, whole }: { part: number; whole: number }) {
  if (whole === 0) return <>–</>;
  const [low, high] = interval(part, whole).map((share) =>
    share.toLocaleString(language(), { style: "percent" }));
  return (
    <>
      {t("figures.share", { part, whole })}
      <span class="range">{t("figures.range", { low: low ?? "", high: high ?? "" })}</span>
    </>
  );
}

export function Figures() {
  const [figures, setFigures] = useState<Numbers | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    get<Numbers>("/v1/reviews/figures").then(
      setFigures, (error: unknown) => setFailure(asFailure(error)),
    );
  };
  useEffect(load, []);
  if (failure && isGate(failure)) return <Gate failure={failure} onOpen={load} />;
  return (
    <div data-test="figures">
      <PageHead title={t("nav.figures")} />
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      {!figures && !failure && <Loading />}
      {figures && <Shown figures={figures} />}
    </div>
  );
}

function Shown({ figures: { queue, day, operators } }: { figures: Numbers }) {
  return (
    <>
      <div class="two even">
        <section class="card">
          <h2>{t("figures.queue")}</h2>
          <dl class="numbers">
            <div><dt>{t("figures.waiting")}</dt><dd>{queue.waiting}</dd></div>
            <div><dt>{t("figures.oldest")}</dt><dd>{time(queue.waiting > 0 ? queue.oldest_seconds : null)}</dd></div>
            <div><dt>{t("figures.median_wait")}</dt><dd>{time(queue.median_wait_seconds, spellMeasure)}</dd></div>
          </dl>
          {queue.stranded > 0 && (
            <Notice tone="warning" test="stranded"><p>{tCount("figures.stranded", queue.stranded)}</p></Notice>
          )}
        </section>
        <section class="card">
          <h2>{t("figures.day")}</h2>
          <dl class="numbers">
            <div><dt>{t("figures.approvals")}</dt><dd>{day.approvals}</dd></div>
            <div><dt>{t("figures.redos")}</dt><dd>{day.redos}</dd></div>
            <div><dt>{t("figures.refusals")}</dt><dd>{day.refusals}</dd></div>
            <div><dt>{t("figures.an_hour")}</dt><dd>{hourly(day.decisions)}</dd></div>
            <div><dt>{t("figures.median_time")}</dt><dd>{work(day.median_seconds)}</dd></div>
            <div><dt>{t("figures.median_keys")}</dt><dd>{day.median_keys ?? "–"}</dd></div>
          </dl>
        </section>
      </div>
      <Operators operators={operators} />
    </>
  );
}

function Operators({ operators }: Pick<Numbers, "operators">) {
  const all = operators.some((one) => one.planted);
  const leaving = operators.filter(({ draws }) => leftOften(draws.left, draws.drawn));
  if (operators.length === 0) return <p class="hint">{t("figures.nobody")}</p>;
  return (
    <>
      <div class="table-box" tabIndex={0} role="region" aria-label={t("figures.operators")}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t("figures.operator")}</th>
              <th scope="col">{t("figures.decisions")}</th>
              <th scope="col">{t("figures.median_time")}</th>
              <th scope="col">{t("figures.left")}</th>
              <th scope="col">{t("figures.agreement")}</th>
              {all && <th scope="col">{t("figures.caught")}</th>}
              {all && <th scope="col">{t("figures.named")}</th>}
              {all && <th scope="col">{t("figures.accepted")}</th>}
            </tr>
          </thead>
          <tbody>
            {operators.map(({ id, name, decisions, draws, agreement, planted, median_seconds }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{decisions}</td>
                <td>{work(median_seconds)}</td>
                <td class={leftOften(draws.left, draws.drawn) ? "missed" : ""}>
                  <Share part={draws.left} whole={draws.drawn} />
                </td>
                <td><Share part={agreement.same} whole={agreement.of} /></td>
                {planted && (
                  <td class={planted.missed > 0 ? "missed" : ""}>
                    <Share
                      part={planted.caught} whole={planted.caught + planted.missed + planted.fraud_asked_again}
                    />
                  </td>
                )}
                {planted && <td><Share part={planted.reason_named} whole={planted.reason_of} /></td>}
                {planted && (
                  <td>
                    <Share
                      part={planted.accepted}
                      whole={planted.accepted + planted.falsely_refused + planted.genuine_asked_again}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all && leaving.map(({ id, name, draws }) => (
        <Notice key={id} tone="warning" test="left-often">
          <p>{t("figures.left_often", { name, part: draws.left, whole: draws.drawn })}</p>
        </Notice>
      ))}
      <dl class="hint meant">
        {[...(all ? ["caught", "named", "accepted"] : []), "agreement", "left", "median_time"].map((name) => (
          <div key={name}>
            <dt>{tWord("figures", name)}</dt>
            <dd>{tWord("figures_meant", name)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t("figures.window")}</p>
    </>
  );
}
