// Before a recording: what will happen, why, what is kept, and that the
// browser is about to ask for the camera.
import { Button, Notice } from "../../shared/controls";
import { Icon } from "../../shared/icons";
import { durationText } from "../../shared/duration";
import { language, t, tWord } from "../../shared/text";
import type { Part } from "../../shared/types";
import { useAsksForCamera } from "../capture/asks";
import { contactHref } from "../frame";
import type { ScreenProps } from "../journey";
import { partsOf } from "../progress";
import { Reasons } from "../screens/document";
import { Screen } from "../screens/screen";
import { PromptDrawing } from "./drawings";
import { lengthOf } from "./pace";
import { canSpeak } from "./voice";
import type { Wishes } from "./wishes";

interface Props extends ScreenProps {
  part: Part;
  reasons: string[] | null; // why it is asked for again
  wishes: Wishes;
  onWishes: (wishes: Wishes) => void;
  onRecord: () => void;
  onPhone: (() => void) | null;
}

const SHOWN: Record<Part, string[]> = {
  face: ["turn_left", "look_up", "open_mouth", "come_closer"],
  document: ["show_front", "tilt_sideways", "tilt_lengthwise", "show_back"],
};
const PROMPTS = { face: 6, document: 4 };

// Nothing can be recorded here any more: no tips, and no camera to allow.
function Spent({ session, part }: Props) {
  const { contact } = session.workspace;
  return (
    <Screen name={`life-${part}`} title={tWord("life.title", part)}>
      <Notice tone="warning" alert test="spent">
        <p>{t("life.spent", { name: session.workspace.name })}</p>
        {contact && <p><a href={contactHref(contact)}>{contact}</a></p>}
      </Notice>
    </Screen>
  );
}

export function LifeIntro(props: Props) {
  const { session, part, reasons, wishes, onWishes, onRecord, onPhone, failure } = props;
  const asks = useAsksForCamera();
  const oneSide = session.document?.sides.length === 1;
  const shown = SHOWN[part].filter((name) => !(oneSide && name === "show_back"));
  const spent = partsOf(session).some((one) => one.part === part && one.takes_left <= 0);
  if (spent) return <Spent {...props} />;
  const kept = session.proof_of_life;
  const count = part === "face" ? PROMPTS.face : shown.length;
  return (
    <Screen
      name={`life-${part}`} failure={failure}
      title={reasons ? tWord("life.title_again", part) : tWord("life.title", part)}
      lead={reasons ? undefined : tWord("life.lead", part)}
    >
      {reasons && (
        <Notice tone="warning" alert test="retake"><Reasons reasons={reasons} /></Notice>
      )}
      <figure class="prompts" role="img" aria-label={tWord("life.drawings", part)}>
        {shown.map((name) => <PromptDrawing key={name} name={name} />)}
      </figure>
      <ul class="tips">
        <li>{t("life.tip_length", { seconds: lengthOf(part, wishes.pace, count) })}</li>
        <li>{tWord("life.tip_light", part)}</li>
        <li>{tWord("life.tip_how", part)}</li>
        {part === "face" && wishes.lights && <li>{t("life.tip_lights")}</li>}
      </ul>
      {onPhone && (
        <p class="aside"><Icon name="phone" /> <span>{t("life.phone_better")}</span></p>
      )}
      {asks && <p class="aside"><Icon name="camera" /> <span>{t("life.permission")}</span></p>}
      <div class="actions">
        {onPhone && (
          <Button kind="primary" wide icon="phone" test="to-phone" onClick={onPhone}>
            {t("life.on_phone")}
          </Button>
        )}
        <Button
          kind={onPhone ? "plain" : "primary"} wide icon="camera" test="open-camera"
          onClick={onRecord}
        >
          {onPhone ? t("life.on_this") : t("life.open")}
        </Button>
      </div>
      <fieldset class="wishes">
        <legend class="unseen">{t("life.wishes")}</legend>
        {canSpeak(language()) && (
          <label class="check">
            <input
              type="checkbox" checked={wishes.aloud} data-test="wish-aloud"
              onChange={(event) => onWishes({ ...wishes, aloud: event.currentTarget.checked })}
            />
            <span>{t("life.wish_aloud")}</span>
          </label>
        )}
        <label class="check">
          <input
            type="checkbox" checked={wishes.pace === "slow"} data-test="wish-slow"
            onChange={(event) => onWishes({
              ...wishes, pace: event.currentTarget.checked ? "slow" : "usual",
            })}
          />
          <span>{t("life.wish_slow")}</span>
        </label>
        {part === "face" && (
          <label class="check">
            <input
              type="checkbox" checked={!wishes.lights} data-test="wish-dark"
              onChange={(event) => onWishes({ ...wishes, lights: !event.currentTarget.checked })}
            />
            <span>{t("life.wish_dark")}</span>
          </label>
        )}
      </fieldset>
      <details class="more">
        <summary>{t("life.why_title")} <Icon name="down" /></summary>
        <p>{t("life.why")}</p>
        {part === "face" && <p>{t("life.why_lights")}</p>}
        {kept && (
          <p>{t("life.kept", {
            kept: durationText(kept.kept_days), abandoned: durationText(kept.abandoned_days),
          })}</p>
        )}
        <p>{t("life.seen_by")}</p>
      </details>
    </Screen>
  );
}
