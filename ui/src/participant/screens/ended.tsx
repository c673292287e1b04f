// Ends other than a certificate, each with what can be done now.
import type { Failure } from "../../shared/api";
import { Button, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { t, tWord } from "../../shared/text";
import { contactHref } from "../frame";
import type { ScreenProps } from "../journey";
import { Reasons } from "./document";
import { Screen } from "./screen";

function Contact({ session }: Pick<ScreenProps, "session">) {
  const { contact, name } = session.workspace;
  if (!contact) return <p>{t("ended.ask_without", { name })}</p>;
  return (
    <p>
      {t("ended.ask", { name })} <a href={contactHref(contact)}>{contact}</a>
    </p>
  );
}

export function EndedScreen({ session }: ScreenProps) {
  const { name } = session.workspace;
  const how = session.next;
  const lead = {
    declined: t("ended.declined_lead", { name }),
    cancelled: t("ended.cancelled_lead", { name }),
    expired: t("ended.anew", { name }),
  }[how as "declined" | "cancelled" | "expired"];
  return (
    <Screen name={how} title={tWord("ended.title", how)} lead={lead}>
      <Contact session={session} />
    </Screen>
  );
}

export function RefusedScreen({ session, act, busy, failure }: ScreenProps) {
  return (
    <Screen
      name="refused" title={t("refused.title")} lead={t("refused.lead")}
      failure={failure}
    >
      <Notice tone="warning"><Reasons reasons={session.reasons} /></Notice>
      {session.can_ask_a_person && (
        <>
          <p>{t("refused.person_text")}</p>
          <div class="actions">
            <Button
              kind="primary" wide icon="person" test="ask-a-person"
              busy={busy === "ask-a-person"} onClick={() => void act("ask-a-person")}
            >
              {t("refused.person")}
            </Button>
          </div>
        </>
      )}
      <p>{t("ended.anew", { name: session.workspace.name })}</p>
      <Contact session={session} />
    </Screen>
  );
}

// The link itself does not open: wrong, over, or no connection.
export function ClosedScreen(
  { failure, onRetry }: { failure: Failure; onRetry: () => void },
) {
  const kind = failure.code === "expired" || failure.code === "handed_back" ? failure.code
    : failure.code === "not_found" || failure.code === "invalid_request" ||
      failure.code === "unauthorized" ? "bad_link" : "trouble";
  return (
    <Screen
      name={kind} title={tWord("closed.title", kind)}
      lead={kind === "trouble" ? failureText(failure) : tWord("closed.lead", kind)}
    >
      {kind === "trouble" && (
        <div class="actions">
          <Button kind="primary" wide icon="redo" onClick={onRetry}>{t("try_again")}</Button>
        </div>
      )}
    </Screen>
  );
}
