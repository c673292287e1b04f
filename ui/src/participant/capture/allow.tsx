// How to take back a "no" to the camera. Each browser keeps it elsewhere, and
// asks nobody twice: without these words, whoever pressed the wrong button
// once is at an end.
import { t, tWord } from "../../shared/text";
import { browserOf } from "./browsers";

export function HowToAllow() {
  const browser = browserOf(navigator.userAgent, navigator.maxTouchPoints ?? 0);
  return (
    <section class="allow" data-test="allow" data-browser={browser}>
      <h2>{t("allow.title")}</h2>
      <p>{tWord("allow", browser)}</p>
      <p class="small">{t("allow.device")}</p>
    </section>
  );
}
