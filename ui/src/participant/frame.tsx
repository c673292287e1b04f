// What stands around every screen: the mark, the language, the progress, the
// test banner, and at the foot who asks and how to reach them.
import type { ComponentChildren } from "preact";
import { Mark } from "../shared/controls";
import { date } from "../shared/format";
import { LANGUAGES, language, t, tWord, useLanguage, type Language } from "../shared/text";
import type { Session } from "../shared/types";
import { progressOf } from "./progress";
import type { Held } from "./session";

const NAMES: Record<Language, string> = { en: "English", fr: "Français" };
export const WAITS = new Set<string>(["waiting", "in_review", "issuing"]);
const QUIET = new Set(["declined", "cancelled", "expired", "refused"]);

// What the language choice needs of whoever holds the session.
export type Around = Pick<Held, "act" | "retry">;

export function Frame(
  { session, held, bare, children }: {
    session: Session | null; held: Around; bare?: boolean;
    children: ComponentChildren;
  },
) {
  return (
    <div class="frame">
      {session?.workspace.test && (
        <p class="test-banner" role="note">{t("test.participant")}</p>
      )}
      <header class="top">
        <Mark />
        <LanguageChoice session={session} held={held} />
      </header>
      {session && !bare && !QUIET.has(session.next) && (
        <ProgressBar session={session} />
      )}
      <main class="main">{children}</main>
      {session && <Foot session={session} />}
    </div>
  );
}

function LanguageChoice({ session, held }: { session: Session | null; held: Around }) {
  const offered = LANGUAGES.filter(
    (one) => !session || session.languages.includes(one),
  );
  const choose = async (wanted: Language) => {
    await useLanguage(wanted);
    if (session) await held.act("language", { language: wanted });
    else held.retry();
  };
  return (
    <label class="language">
      <span class="unseen">{t("language.choose")}</span>
      <select
        value={language()} data-test="language"
        onChange={(event) => void choose(event.currentTarget.value as Language)}
      >
        {offered.map((one) => <option value={one} lang={one}>{NAMES[one]}</option>)}
      </select>
    </label>
  );
}

function ProgressBar({ session }: { session: Session }) {
  const { names, at } = progressOf(session.steps);
  if (names.length === 0) return null;
  const now = Math.min(at + 1, names.length);
  const words = at >= names.length
    ? t("progress.finished")
    : WAITS.has(session.next) ? t("progress.waiting")
    : t("progress.step", { now, total: names.length, name: tWord("step", names[at]) });
  return (
    <div class="progress" data-test="progress">
      <ol aria-hidden="true">
        {names.map((name, index) => (
          <li key={name} class={index < at ? "done" : index === at ? "now" : ""} />
        ))}
      </ol>
      <p>{words}</p>
    </div>
  );
}

// An end is not open until a day, and its screen says itself whom to ask.
function Foot({ session }: { session: Session }) {
  const { name, contact } = session.workspace;
  const ended = QUIET.has(session.next);
  const open = !ended && session.next !== "done";
  return (
    <footer class="foot">
      <p>
        {t("foot.asked_by", { name })}
        {open && ` · ${t("foot.until", { date: date(session.expires_at, language()) })}`}
      </p>
      {contact && !ended && (
        <p>
          {t("foot.question")}{" "}
          <a href={contactHref(contact)}>{contact}</a>
        </p>
      )}
    </footer>
  );
}

export function contactHref(contact: string): string {
  return contact.includes("@") ? `mailto:${contact}` : contact;
}
