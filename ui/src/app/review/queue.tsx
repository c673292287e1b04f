// The queue: how many wait, since when, and the next case in one key. It shows
// no names: nobody chooses a case by who is in it.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { t, tCount } from "../../shared/text";
import type { ReviewItem, ReviewQueue } from "../../shared/types";
import { LevelTag, PageHead } from "../page";
import { go, type Route } from "../router";
import { age } from "./age";
import { Gate, isGate } from "./gate";
import { takeNext } from "./handed";
import { Help } from "./help";
import { Key } from "./key";
import type { Act } from "./keys";
import { whyText } from "./why";
import { useKeys } from "./use-keys";

// The server draws the next case among the oldest.
const DRAWN_FROM = 10;

export function Queue({ route }: { route: Route }) {
  const [queue, setQueue] = useState<ReviewQueue | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wantsNext = route.search.get("next") === "1";
  const [busy, setBusy] = useState(wantsNext);
  const [tries, setTries] = useState(0);
  const [help, setHelp] = useState(false);
  const taking = useRef(false);

  const next = async () => {
    if (taking.current) return;
    taking.current = true;
    setBusy(true);
    try {
      const got = await takeNext();
      if (got) return go(`review/${got.id}`);
      setTries((count) => count + 1);
    } catch (error) {
      setFailure(asFailure(error));
    }
    if (wantsNext) window.history.replaceState(null, "", "#/review");
    taking.current = false;
    setBusy(false);
    return undefined;
  };
  useEffect(() => { if (wantsNext) void next(); }, []);
  const back = route.search.get("back");
  const heard: { [act in Act]?: () => void } = {
    next: () => void next(), help: () => setHelp(!help),
    ...(back ? { undo: () => go(`review/${back}`) } : {}),
  };
  useKeys((act) => {
    if (help && act !== "help") return false;
    heard[act]?.();
    return act in heard;
  });
  usePolling(async (signal) => {
    if (taking.current) return;
    try {
      setQueue(await get<ReviewQueue>("/v1/reviews", signal));
      setFailure(null);
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error));
    }
  }, 5000, [tries]);

  if (failure && isGate(failure)) return <Gate failure={failure} onOpen={() => setTries((count) => count + 1)} />;
  if (wantsNext && busy && !failure) return <Loading />;
  return (
    <div data-test="queue">
      <PageHead title={t("nav.review")} />
      {failure && <Notice tone="warning" alert><p>{failureText(failure)}</p></Notice>}
      {back && <PutBack id={back} />}
      {!queue && !failure && <Loading />}
      {queue && <Waiting queue={queue} busy={busy} onNext={() => void next()} />}
      {help && <Help onClose={() => setHelp(false)} onSwitch={() => setTries((count) => count + 1)} />}
    </div>
  );
}

// A key pressed by a slip costs one more key, not the case.
function PutBack({ id }: { id: string }) {
  return (
    <Notice tone="info" alert test="put-back-told">
      <p>{t("review.was_put_back")}</p>
      <p>
        <Button onClick={() => go(`review/${id}`)} test="take-again">
          {t("review.take_again")} <Key act="undo" />
        </Button>
      </p>
    </Notice>
  );
}

function Waiting({ queue, busy, onNext }: { queue: ReviewQueue; busy: boolean; onNext: () => void }) {
  const mine = queue.data.find((one) => one.mine);
  if (queue.waiting === 0 && !mine) {
    return (
      <div class="empty" data-test="queue-empty">
        <Icon name="check" /><h2>{t("review.empty")}</h2><p>{t("review.empty_text")}</p>
      </div>
    );
  }
  const rest = queue.data.filter((one) => !one.mine).slice(0, DRAWN_FROM);
  return (
    <>
      {mine && <p class="queue-mine" data-test="queue-mine">{tCount("review.mine", Math.round(queue.lock_seconds / 60))}</p>}
      <div class="queue-next">
        <Button kind="primary" busy={busy} onClick={onNext} test="next">
          {mine ? t("review.go_on") : t("review.next")} <Key act="next" />
        </Button>
        <p>
          <strong>{tCount("review.waiting", queue.waiting)}</strong>
          {queue.oldest_at && <span>{t("review.oldest", { age: age(queue.oldest_at) })}</span>}
          {!mine && <span class="hint">{t("review.drawn_hint")}</span>}
        </p>
      </div>
      {rest.length > 0 && (
        <ul class="queue" aria-label={t("review.ages")}>
          {rest.map((one) => <Line key={one.id} one={one} />)}
        </ul>
      )}
    </>
  );
}

function Line({ one }: { one: ReviewItem }) {
  return (
    <li data-test="waiting">
      <span class="queue-age">{age(one.opened_at)}</span>
      <LevelTag level={one.level} />
      <span>
        {one.workspace.name} {one.workspace.test && <span class="chip test">{t("test.chip")}</span>}
      </span>
      <span class="queue-why">{one.second ? t("second.chip") : whyText(one.why)}</span>
    </li>
  );
}
