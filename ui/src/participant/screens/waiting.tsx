// Nothing to do but wait, and one need not: the page may be closed.
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { isOfOwnKey, OwnKeyChoice } from "./own-key";
import { Screen } from "./screen";

export function WaitingScreen(props: ScreenProps) {
  const { session, failure } = props;
  const what = session.next;
  return (
    <Screen
      name={what} title={tWord("waiting.title", what)} lead={tWord("waiting.lead", what)}
      failure={isOfOwnKey(failure) ? null : failure}
    >
      <div class="waiting" role="status">
        <span class="breath" aria-hidden="true" />
        <p>{tWord("waiting.now", what)}</p>
      </div>
      <p class="aside"><Icon name="mail" /> <span>{t("waiting.close")}</span></p>
      {what === "in_review" && <OwnKeyChoice {...props} />}
    </Screen>
  );
}
