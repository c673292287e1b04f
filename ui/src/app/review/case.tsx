// One case: the pictures, what was declared beside what was read, what each
// check found, and the decision.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import type { Box, Review, Verdict } from "../../shared/types";
import { LevelTag, PageHead } from "../page";
import { Decision } from "./decision";
import { differs } from "./differences";
import { Verdicts } from "./verdicts";

export function ReviewCase({ id }: { id: string }) {
  const [one, setOne] = useState<Review | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [decided, setDecided] = useState(false);
  const [marked, setMarked] = useState<Verdict | null>(null);
  useEffect(() => {
    get<Review>(`/v1/reviews/${id}`).then(
      setOne, (error: unknown) => setFailure(asFailure(error)),
    );
  }, [id]);

  const back = { href: "#/review", text: t("nav.review") };
  if (decided) {
    return (
      <>
        <PageHead title={t("review.decided_title")} back={back} />
        <Notice tone="good" test="decided"><p>{t("review.decided")}</p></Notice>
      </>
    );
  }
  if (!one) {
    return (
      <>
        <PageHead title={t("review.case")} back={back} />
        {failure
          ? <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>
          : <Loading />}
      </>
    );
  }
  return (
    <div data-test="review-case">
      <PageHead
        back={back} title={<>{one.declared.fullname ?? t("review.case")} <LevelTag level={one.level} />{one.workspace.test && <span class="chip test">{t("test.chip")}</span>}</>}
        lead={t("review.case_lead", {
          name: one.workspace.name, date: moment(one.opened_at, language()),
        })}
      />
      {one.why && <Notice><p>{tWord("review_why", one.why)}</p></Notice>}
      <div class="two wide-left">
        <div>
          <Pictures one={one} marked={marked} />
          <Fields one={one} />
        </div>
        <div>
          <Verdicts verdicts={one.verdicts} marked={marked} onMark={setMarked} />
          {one.earlier.length > 0 && <Earlier earlier={one.earlier} />}
          <Decision id={one.id} onDecided={() => setDecided(true)} />
        </div>
      </div>
    </div>
  );
}

function Pictures({ one, marked }: { one: Review; marked: Verdict | null }) {
  return (
    <section class="card">
      <h2>{t("review.pictures")}</h2>
      {one.pictures.length === 0 && <p>{t("review.no_pictures")}</p>}
      <div class="pictures">
        {one.pictures.map((picture) => (
          <Still
            key={picture.side} {...picture}
            mark={marked?.side === picture.side ? marked.box : null}
          />
        ))}
      </div>
    </section>
  );
}

function Still({ side, still, mark }: { side: string; still: string; mark: Box | null }) {
  const [turn, setTurn] = useState(0);
  const [missing, setMissing] = useState(false);
  const [size, setSize] = useState([0, 0]);
  return (
    <figure>
      {missing
        ? <p class="hint">{t("review.picture_missing")}</p>
        : (
          <a href={still} target="_blank" rel="noopener" class={`still turn-${turn}`}>
            <img
              src={still} alt={tWord("side", side)} onError={() => setMissing(true)}
              onLoad={({ currentTarget: image }) =>
                setSize([image.naturalWidth, image.naturalHeight])}
            />
            {mark && size[0] !== 0 && (
              <svg viewBox={`0 0 ${size[0]} ${size[1]}`} aria-hidden="true" data-test="mark">
                <rect {...mark} />
              </svg>
            )}
          </a>
        )}
      <figcaption>
        {tWord("side", side)}
        <Button kind="quiet" icon="redo" onClick={() => setTurn((turn + 90) % 360)}>
          {t("review.rotate")}
        </Button>
      </figcaption>
    </figure>
  );
}

function Fields({ one }: { one: Review }) {
  return (
    <section class="card">
      <h2>{t("review.fields")}</h2>
      <div class="table-box">
        <table class="fields">
          <thead>
            <tr>
              <th scope="col">{t("review.field")}</th>
              <th scope="col">{t("review.declared")}</th>
              <th scope="col">{t("review.printed")}</th>
              <th scope="col">{t("review.mrz")}</th>
            </tr>
          </thead>
          <tbody>
            {one.fields.map((field) => {
              const apart = field.name !== "kind" &&
                differs([field.declared, field.printed, field.mrz]);
              return (
                <tr key={field.name} class={apart ? "apart" : ""}>
                  <th scope="row">
                    {tWord("field", field.name)}
                    {apart && <span class="mark-apart"><Icon name="alert" /> {t("review.differs")}</span>}
                  </th>
                  <td>{field.declared ?? "–"}</td>
                  <td>{field.printed ?? "–"}</td>
                  <td class="mono">{field.mrz ?? "–"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

// Requests under other e-mails with the same document, person or picture.
function Earlier({ earlier }: { earlier: Review["earlier"] }) {
  return (
    <section class="card" data-test="earlier">
      <h2>{t("review.earlier")}</h2>
      <ul class="verdicts">
        {earlier.map((one) => (
          <li key={`${one.id}-${one.same}`}>
            <p>
              <span class="pill warning">{tWord("same", one.same)}</span>
              <strong>{tWord("state", one.state)}</strong>
            </p>
            <p class="sub">{moment(one.created_at, language())} · <span class="mono">{one.id}</span></p>
          </li>
        ))}
      </ul>
    </section>
  );
}
