// Nothing to do but wait, and one need not: the page may be closed.
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { Screen } from "./screen";

export function WaitingScreen({ session }: ScreenProps) {
  const what = session.next;
  return (
    <Screen name={what} title={tWord("waiting.title", what)} lead={tWord("waiting.lead", what)}>
      <div class="waiting" role="status">
        <span class="breath" aria-hidden="true" />
        <p>{tWord("waiting.now", what)}</p>
      </div>
      <p class="aside"><Icon name="mail" /> <span>{t("waiting.close")}</span></p>
    </Screen>
  );
}
