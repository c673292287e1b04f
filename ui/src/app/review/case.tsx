// One case, from the lock to the decision. The left is looked at, the right is
// answered; every act has a key, and this is where the keys arrive.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment, spaced } from "../../shared/format";
import { useFocus, useSecondsUntil } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { language, t, tCount, tWord, type TextKey } from "../../shared/text";
import type { Cover, Outcome, Review } from "../../shared/types";
import { LevelTag } from "../page";
import { go } from "../router";
import { fetchGiven, useAhead } from "./ahead";
import { Covered, SOON } from "./covered";
import { DecisionCard, ToDecision } from "./decision";
import { EarlierOnes } from "./earlier";
import { nextEarlier } from "./earlier-ones";
import { Fields } from "./fields";
import { Gate, isGate } from "./gate";
import { takeHanded, takeNext } from "./handed";
import { Help } from "./help";
import { useIdle } from "./idle";
import { Key } from "./key";
import type { Act } from "./keys";
import { losesLock, useLock } from "./lock";
import { isSettled, useMedia } from "./media";
import { ANSWERS, OpinionCard, questionsOf, useOpinion } from "./opinion";
import { Reference } from "./reference";
import { nextBeside, nextClose, paneIds, Table } from "./table";
import { nextMoment } from "./timeline";
import { CHOICES, useDecision, type Choice } from "./use-decision";
import { useKeys } from "./use-keys";
import { useTable } from "./use-table";
import { hasPlace, Results, sortedDoubts } from "./verdicts";
import { whyText } from "./why";
import { panned, zoomIn, zoomOut } from "./zoom";

const NEVER: Cover = { minutes: 0, opens: "key" };

export function ReviewCase({ id, cover = NEVER }: { id: string; cover?: Cover | undefined }) {
  const [one, setOne] = useState<Review | null>(() => takeHanded(id));
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    post<Review | null>("/v1/reviews/next", { id }).then(
      (got) => {
        if (got) fetchGiven(got);
        if (got && got.id !== id) go(`review/${got.id}`);
        else if (got) setOne(got);
        else go("review");
      },
      (error: unknown) => {
        const met = asFailure(error);
        if (met.code === "wrong_state") go("review?next=1"); // another case is open
        else setFailure(met);
      },
    );
  };
  useEffect(() => { if (!one) load(); }, []);
  const again = () => {
    setOne(null);
    load();
  };
  if (one) return <OpenCase first={one} cover={cover} onAgain={again} />;
  if (failure && isGate(failure)) return <Gate failure={failure} onOpen={load} />;
  return (
    <div class="case-alone">
      {failure
        ? (
          <>
            <Notice tone="bad" alert test="case-failed">
              <p>{WHY_NOT[failure.code] ? t(WHY_NOT[failure.code] as TextKey) : failureText(failure)}</p>
            </Notice>
            <p class="row">
              {failure.code === "forbidden"
                ? <Button kind="primary" onClick={() => go("review?next=1")} test="next">{t("review.next")}</Button>
                : <Button onClick={load}>{t("try_again")}</Button>}
              <a class="button" href="#/review">{t("review.to_queue")}</a>
            </p>
          </>
        )
        : <Loading />}
    </div>
  );
}

const WHY_NOT: { [code in string]?: TextKey } = { locked: "review.held", forbidden: "review.drawn" };

const AGAIN_MS = 5000;

// Until the server knows: where a passkey uncovers the case, a page without its
// line would else leave a session behind that still counts as proven.
async function tellCovered(stillCovered: () => boolean): Promise<void> {
  try {
    await post("/v1/reviews/cover");
  } catch (error) {
    if (asFailure(error).code !== "offline") return;
    await new Promise((go) => { window.setTimeout(go, AGAIN_MS); });
    if (stillCovered()) await tellCovered(stillCovered);
  }
}

interface End { outcome: Outcome; unbelieved: boolean; keys: number; seconds: number }

function OpenCase({ first, cover, onAgain }: { first: Review; cover: Cover; onAgain: () => void }) {
  const [one, setOne] = useState(first);
  const [help, setHelp] = useState(false);
  const [reference, setReference] = useState(false);
  const [earlier, setEarlier] = useState<string | null>(null);
  const [deciding, setDeciding] = useState(false);
  const [end, setEnd] = useState<End | null>(null);
  const [going, setGoing] = useState(false);
  const [trouble, setTrouble] = useState<Failure | null>(null);
  const [, redraw] = useState(0);
  const opened = useRef(Date.now());
  const right = useRef<HTMLDivElement>(null);
  const { media, again } = useMedia(first);
  const table = useTable(one, media);
  const covered = useRef(false); // and so it stays when the page is left
  const { idle, wake } = useIdle({
    minutes: end ? 0 : cover.minutes, wakesByKey: cover.opens === "key",
    onIdle: () => {
      table.player?.pause();
      setHelp(false);
      setEarlier(null);
      void tellCovered(() => covered.current);
    },
  });
  covered.current = idle;
  const lock = useLock(first, idle);
  useAhead(one, isSettled(one, media));

  const failed = (failure: Failure) => {
    if (losesLock(failure)) lock.lose();
    else if (failure.code === "wrong_state") {
      // done meanwhile, in another window: the case as it is now
      post<Review>("/v1/reviews/next", { id: one.id }).then(setOne, () => undefined);
    }
  };
  const keys = useKeys((act, event) => heard(act, event));
  const opinion = useOpinion(one, setOne, failed);
  const decision = useDecision(one, keys.pressed, ({ outcome, unbelieved }) => setEnd({
    outcome, unbelieved, keys: keys.pressed(), seconds: (Date.now() - opened.current) / 1000,
  }), failed);

  useEffect(() => {
    right.current?.scrollTo(0, 0);
  }, [deciding, reference]);

  const decide = () => {
    if (!one.opinion) return;
    setDeciding(true);
  };
  const choose = (choice: Choice) => {
    setDeciding(true);
    decision.choose(choice);
  };
  const next = async () => {
    if (going) return;
    setGoing(true);
    // what cannot be had so, the queue asks for again, and says why
    const got = end ? await takeNext().catch(() => null) : null;
    go(got && got.id !== one.id ? `review/${got.id}` : "review?next=1");
  };
  const putBack = () => {
    setTrouble(null);
    post(`/v1/reviews/${one.id}/release`).then(() => go(`review?back=${one.id}`), (error: unknown) => {
      failed(asFailure(error));
      setTrouble(asFailure(error));
    });
  };

  function answer(number: number): boolean {
    if (!one.opinion) {
      const given = ANSWERS[number - 1];
      if (opinion.open && given) opinion.answer(opinion.open, given);
      return true;
    }
    const choice = CHOICES[number - 1];
    if (choice) choose(choice);
    return choice !== undefined;
  }
  function confirm(): boolean {
    if (!one.opinion) {
      if (!opinion.open) opinion.submit();
    } else if (deciding && decision.choice) decision.submit();
    else return false;
    return true;
  }
  const takeBack = (): boolean => !one.opinion && opinion.undo();
  function leave(): boolean {
    const focused = document.activeElement as HTMLElement | null;
    if (focused?.matches("input, textarea")) focused.blur();
    else if (reference) setReference(false);
    else if (table.close) table.come(null);
    else if (deciding && !decision.busy) setDeciding(false);
    else return takeBack();
    return true;
  }
  function where(): void {
    const places = sortedDoubts(one.verdicts ?? []).filter(hasPlace);
    const at = table.marked ? places.indexOf(table.marked) : -1;
    table.mark(places[at + 1] ?? null);
  }
  function jump(forward: boolean): void {
    const { player, line } = table;
    if (!player) return;
    const moments = [...line.prompts, ...line.events, ...line.spans.map((each) => each.stretch)]
      .map((each) => each.fromMs);
    const found = nextMoment(moments, player.ms, forward);
    if (found !== null) player.seek(found);
  }
  function pan(event: KeyboardEvent): void {
    const step = 0.12;
    const [dx, dy] = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step],
      ArrowDown: [0, -step] }[event.key] ?? [0, 0];
    table.setZoom((before) => panned(before, dx ?? 0, dy ?? 0));
  }
  const ids = paneIds(one, media, table);
  const simple: { [act in Act]?: () => void } = {
    decide, view: table.nextView, play: () => table.player?.toggle(), where,
    forward: () => table.player?.step(1), back: () => table.player?.step(-1),
    event_forward: () => jump(true), event_back: () => jump(false),
    speed: () => table.player?.faster(),
    zoom_in: () => table.setZoom(zoomIn), zoom_out: () => table.setZoom(zoomOut),
    whole: table.whole, contrast: table.moreContrast, channel: table.nextChannel,
    rotate: () => table.turn(ids[table.pane] ?? ""),
    pane: () => table.setPane((table.pane + 1) % Math.max(1, ids.length)),
    close_up: () => nextClose(one, media, table),
    beside: () => nextBeside(one, media, table), put_back: putBack,
    earlier: () => setEarlier(deciding ? null : nextEarlier(one.earlier, earlier)),
    reference: () => setReference(!reference), help: () => setHelp(true),
  };
  function heard(act: Act, event: KeyboardEvent): boolean {
    if (idle) return false;
    if (end || lock.lost) {
      if (act === "next") void next();
      if (act === "leave") go("review");
      if (act === "undo" && lock.lost) onAgain();
      return act === "next" || act === "leave" || (act === "undo" && lock.lost);
    }
    if (help) {
      if (act === "help") setHelp(false);
      return act === "help";
    }
    if (earlier) {
      // nothing is done to the case behind it
      if (act === "earlier") simple.earlier?.();
      if (act === "leave") setEarlier(null);
      return act === "earlier" || act === "leave";
    }
    if (act === "answer") return answer(Number(event.key));
    if (act === "confirm") return confirm();
    if (act === "leave") return leave();
    if (act === "undo") return takeBack();
    if (act === "pan") pan(event);
    else simple[act]?.();
    return act === "pan" || act in simple;
  }

  if (end) return <Ended end={end} busy={going} onNext={() => void next()} />;
  if (idle) {
    return <Covered until={lock.until} lost={lock.lost} passkey={cover.opens === "passkey"} onOpen={wake} />;
  }
  if (lock.lost) return <Lost note={decision.note} onAgain={onAgain} onNext={() => void next()} />;
  return (
    <div class="case" data-test="review-case" onContextMenu={keepPicture}>
      <Bar
        one={one} until={lock.until} offline={lock.offline} onPutBack={putBack}
        onReference={() => setReference(!reference)} onHelp={() => setHelp(true)}
      />
      <div class="case-body">
        <Table one={one} media={media} table={table} onAgain={again} />
        <div class="case-side" ref={right}>
          {trouble && (
            <Notice tone="warning" alert test="case-trouble"><p>{failureText(trouble)}</p></Notice>
          )}
          {reference && <Reference one={one} onClose={() => setReference(false)} />}
          {one.second.needed && <Second why={one.second.why} />}
          {deciding && <DecisionCard one={one} form={decision} />}
          {!deciding && !reference && (
            <Fields one={one} close={table.close} onClose={() => nextClose(one, media, table)} />
          )}
          {!one.opinion && <OpinionCard form={opinion} films={one.films.length > 0} />}
          {one.opinion && (
            <Results
              verdicts={one.verdicts ?? []} machine={one.machine} opinion={one.opinion}
              remarks={one.remarks ?? []}
              questions={questionsOf(one)} marked={table.marked} onMark={table.mark}
            />
          )}
          {!deciding && <EarlierOnes one={one} media={media} open={earlier} onOpen={setEarlier} />}
          {!deciding && <OwnKey one={one} />}
          {!deciding && one.opinion && <ToDecision one={one} onChoose={choose} />}
        </div>
      </div>
      {help && <Help onClose={() => setHelp(false)} onSwitch={() => redraw((count) => count + 1)} />}
    </div>
  );
}

interface BarProps {
  one: Review;
  until: string;
  offline: boolean;
  onPutBack: () => void;
  onReference: () => void;
  onHelp: () => void;
}

// The browser's menu saves pictures, which leave nobody's screen as files.
function keepPicture(event: Event): void {
  if (event.target instanceof Element && event.target.matches("img, canvas")) event.preventDefault();
}

function Bar({ one, until, offline, onPutBack, onReference, onHelp }: BarProps) {
  const left = useSecondsUntil(until);
  return (
    <header class="case-bar">
      <button type="button" class="tool" onClick={onPutBack} data-test="put-back">
        <Icon name="back" /> {t("review.put_back")} <Key act="put_back" />
      </button>
      <h1>
        {one.declared.fullname || t("review.case")} <LevelTag level={one.level} />
        {one.workspace.test && <span class="chip test">{t("test.chip")}</span>}
      </h1>
      <p class="case-about">
        {whyText(one.why) && <strong>{whyText(one.why)}</strong>}
        <span>{t("review.case_lead", { name: one.workspace.name, date: moment(one.opened_at, language()) })}</span>
      </p>
      <p class="case-state" role="status">
        {offline
          ? <span class="pill warning" data-test="offline">{t("review.offline")}</span>
          : left < SOON && (
            <span class="pill warning" data-test="lock-soon">
              {tCount("review.lock_soon", Math.max(1, Math.ceil(left / 60)))}
            </span>
          )}
      </p>
      <button type="button" class="tool" onClick={onReference} data-test="to-reference">
        {t("reference.open")} <Key act="reference" />
      </button>
      <button type="button" class="tool" onClick={onHelp} data-test="to-help">
        {t("help.open")} <Key act="help" />
      </button>
    </header>
  );
}

function Second({ why }: { why: string | null }) {
  return (
    <Notice tone="info" title={t("second.title")} test="second">
      <p>{tWord("second_why", why ?? "covered")}</p>
    </Notice>
  );
}

function OwnKey({ one }: { one: Review }) {
  if (!one.own_key) return null;
  return (
    <section class="part" data-test="case-own-key">
      <h2>{t("review.own_key")}</h2>
      <p><strong>{one.own_key.algorithm}</strong></p>
      <p class="mono break">{spaced(one.own_key.sha256)}</p>
      <p class="hint">{t("review.own_key_hint")}</p>
    </section>
  );
}

function Ended({ end, busy, onNext }: { end: End; busy: boolean; onNext: () => void }) {
  const main = useFocus<HTMLHeadingElement>();
  return (
    <div class="case-alone" data-test="decided" data-outcome={end.outcome}>
      <h1 ref={main} tabIndex={-1}>{tWord("outcome", end.outcome)}</h1>
      <p class="lead">{tWord("outcome_text", end.outcome)}</p>
      {end.unbelieved && (
        <Notice tone="warning" alert test="unbelieved"><p>{t("review.unbelieved")}</p></Notice>
      )}
      <p class="hint">
        {t("review.effort", {
          keys: end.keys, seconds: Math.round(end.seconds).toLocaleString(language()),
        })}
      </p>
      <p class="row">
        <Button kind="primary" busy={busy} onClick={onNext} test="next">
          {t("review.next")} <Key act="next" />
        </Button>
        <a class="button" href="#/review">{t("review.to_queue")}</a>
      </p>
    </div>
  );
}

function Lost(
  { note, onAgain, onNext }: { note: string; onAgain: () => void; onNext: () => void },
) {
  return (
    <div class="case-alone" data-test="lost">
      <Notice tone="warning" title={t("lost.title")} alert><p>{t("lost.text")}</p></Notice>
      {note.trim() && (
        <>
          <p>{t("lost.note")}</p>
          <p class="kept-note">{note}</p>
        </>
      )}
      <p class="row">
        <Button kind="primary" onClick={onAgain} test="take-again">
          {t("review.take_again")} <Key act="undo" />
        </Button>
        <Button onClick={onNext} test="next">{t("review.next")} <Key act="next" /></Button>
        <a class="button" href="#/review">{t("review.to_queue")}</a>
      </p>
    </div>
  );
}
