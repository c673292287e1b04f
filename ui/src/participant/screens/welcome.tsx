// The first thing a stranger sees: who asks, what for, what it takes, what is
// kept. Nothing is collected before they press start.
import { Button } from "../../shared/controls";
import { durationText } from "../../shared/duration";
import { date } from "../../shared/format";
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import type { Session } from "../../shared/types";
import { asksForRecordings } from "../progress";
import { Screen } from "./screen";

export function WelcomeScreen(
  { session, onStart }: { session: Session; onStart: () => void },
) {
  const { name } = session.workspace;
  const life = asksForRecordings(session);
  return (
    <Screen
      name="welcome" title={t("welcome.title", { name })}
      lead={t("welcome.lead", { name })}
    >
      <dl class="facts">
        <div>
          <dt>{t("welcome.level")}</dt>
          <dd>{tWord("level.short", session.level)}</dd>
        </div>
        <div>
          <dt>{t("welcome.until")}</dt>
          <dd>{date(session.expires_at, language())}</dd>
        </div>
        <div>
          <dt>{t("welcome.time")}</dt>
          <dd>{life ? t("welcome.minutes_life") : t("welcome.minutes")}</dd>
        </div>
      </dl>
      <h2>{t("welcome.at_hand")}</h2>
      <ul class="hand">
        <li>
          <Icon name="certificate" />
          <span>
            {t("welcome.hand_document")}<br />
            <a href={`/accepted-documents?level=${session.level}`} target="_blank" rel="noreferrer">
              {t("welcome.accepted")}
            </a>
          </span>
        </li>
        <li><Icon name="phone" /><span>{t("welcome.hand_phone")}</span></li>
        {life && <li><Icon name="camera" /><span>{t("welcome.hand_camera")}</span></li>}
        <li><Icon name="light" /><span>{t("welcome.hand_light")}</span></li>
      </ul>
      <div class="actions sticky">
        <Button kind="primary" wide icon="arrow" test="start" onClick={onStart}>
          {t("welcome.start")}
        </Button>
        <p class="small centre">{t("welcome.come_back")}</p>
      </div>
      <details class="more">
        <summary>{t("welcome.collected_title")} <Icon name="down" /></summary>
        <p>{t("welcome.collected")}</p>
        {life && <p>{t("welcome.collected_life")}</p>}
        <p>{t("welcome.kept_issued", { time: durationText(session.kept.issued_days) })}</p>
        <p>{t("welcome.kept_other", { time: durationText(session.kept.abandoned_days) })}</p>
        <p>{t("welcome.how_safe")}</p>
      </details>
    </Screen>
  );
}
