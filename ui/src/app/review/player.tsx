// Under a film: its buttons and its time line. What was asked stands there from
// the beginning; what the machine saw, only once the operator has judged.
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import type { Verdict } from "../../shared/types";
import { isMissed, promptAt, type Stretch } from "./timeline";
import type { Player } from "./use-player";
import { checkText } from "./verdicts";

const TONE = { pass: "good", warn: "warning", fail: "bad", unsure: "quiet" };

export function seconds(ms: number): string {
  return (ms / 1000).toLocaleString(language(), {
    minimumFractionDigits: 1, maximumFractionDigits: 1,
  });
}

interface TimelineProps {
  player: Player;
  prompts: Stretch[];
  events: Stretch[];
  spans: { verdict: Verdict; stretch: Stretch }[];
  marked: Verdict | null;
}

export function FilmBar({ player, ...line }: TimelineProps) {
  const { playing, ms, length, speed } = player;
  return (
    <div class="film-bar" data-test="film-bar">
      <div class="film-buttons">
        <button
          type="button" class="tool" onClick={player.toggle} data-test="play"
          aria-label={playing ? t("film.pause") : t("film.play")}
        >
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <button type="button" class="tool" onClick={() => player.step(-1)} aria-label={t("film.back")}>
          <Icon name="frame_back" />
        </button>
        <button type="button" class="tool" onClick={() => player.step(1)} aria-label={t("film.forward")}>
          <Icon name="frame_forward" />
        </button>
        <button
          type="button" class="tool" onClick={player.faster}
          aria-label={t("film.speed", { speed: speed.toLocaleString(language()) })}
        >
          {speed.toLocaleString(language())}×
        </button>
        <span class="film-time">{t("film.time", { now: seconds(ms), all: seconds(length) })}</span>
      </div>
      <Lines player={player} {...line} />
    </div>
  );
}

function Lines({ player, prompts, events, spans, marked }: TimelineProps) {
  const { ms, length, seek } = player;
  const now = promptAt(prompts, ms);
  return (
    <div class="lines">
      <ol class="line-row prompts" aria-label={t("film.prompts")}>
        {prompts.map((one) => (
          <Bar
            key={`${one.name}${one.fromMs}`} one={one} seek={seek}
            tone={one === now ? "now" : ""} text={tWord("asked", one.name)} brief={tWord("brief", one.name)}
          />
        ))}
      </ol>
      <input
        type="range" class="scrub" min={0} max={Math.round(length)} step={100} value={Math.round(ms)}
        aria-label={t("film.position")} data-test="scrub"
        aria-valuetext={[t("film.at", { now: seconds(ms) }), now ? tWord("asked", now.name) : ""]
          .filter(Boolean).join(", ")}
        onInput={(event) => { player.pause(); seek(Number(event.currentTarget.value)); }}
      />
      {events.length > 0 && (
        <ol class="line-row events" aria-label={t("film.events")} data-test="events">
          {events.map((one) => (
            <Bar
              key={`${one.name}${one.fromMs}`} one={one} seek={seek} tone="seen"
              text={tWord("event", one.name)} brief={tWord("brief", one.name)}
            />
          ))}
        </ol>
      )}
      {spans.length > 0 && (
        <ol class="line-row spans" aria-label={t("film.spans")} data-test="spans">
          {spans.map(({ verdict, stretch }) => (
            <Bar
              key={verdict.name} one={stretch} seek={seek}
              tone={`${TONE[verdict.verdict]}${verdict === marked ? " marked" : ""}`}
              text={isMissed(verdict) ? t("film.missed") :
                `${tWord("verdict", verdict.verdict)}: ${checkText(verdict)}`}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

// What is heard holds what is read (WCAG 2.5.3).
const spoken = (text: string, brief: string) =>
  (text.toLowerCase().includes(brief.toLowerCase()) ? text : `${brief}: ${text}`);

// brief: one word, of what is too narrow for more.
function Bar(
  { one, tone, text, brief = text, seek }: {
    one: Stretch; tone: string; text: string; brief?: string; seek: (ms: number) => void;
  },
) {
  return (
    <li style={{ left: `${one.left}%`, width: `${one.width}%` }}>
      <button
        type="button" class={`bar ${tone}`} title={text} onClick={() => seek(one.fromMs)}
        aria-label={t("film.bar", { name: spoken(text, brief), from: seconds(one.fromMs), to: seconds(one.toMs) })}
      >
        <span>{brief}</span>
      </button>
    </li>
  );
}
