// The head of a section: where one is, what stands here, what can be done.
import type { ComponentChildren } from "preact";
import { Icon } from "../shared/icons";
import { tWord } from "../shared/text";
import type { Level, State } from "../shared/types";

export function PageHead(
  { title, lead, back, children }: {
    title: ComponentChildren; lead?: ComponentChildren;
    back?: { href: string; text: string }; children?: ComponentChildren;
  },
) {
  return (
    <header class="page-head">
      {back && (
        <a class="back" href={back.href}><Icon name="back" /> {back.text}</a>
      )}
      <div class="page-title">
        <div>
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {children && <div class="page-actions">{children}</div>}
      </div>
    </header>
  );
}

const TONES: Record<string, string> = {
  issued: "good", approved: "good", valid: "good", done: "good",
  checking: "busy", collecting: "busy", opened: "busy", doing: "busy",
  action_required: "warning", in_review: "warning",
  refused: "bad", revoked: "bad", failed: "bad",
};

export function StatePill({ state }: { state: State | "valid" | "revoked" | "expired" }) {
  const prefix = state === "valid" || state === "revoked" ? "status" : "state";
  return (
    <span class={`pill ${TONES[state] ?? "quiet"}`} data-state={state}>
      {tWord(prefix, state)}
    </span>
  );
}

export function LevelTag({ level }: { level: Level }) {
  return <abbr class="level-tag" title={tWord("level.title", level)}>{tWord("level.name", level)}</abbr>;
}
