// The PIN of a key that never leaves its token. It lives in its two fields
// until it is sent and nowhere else: the page keeps only which rules it meets.
import { useRef, useState } from "preact/hooks";
import { Button, Field, Notice } from "../../shared/controls";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { pinRules, PIN_MOST, type PinRule } from "../pin-rules";
import { Screen } from "./screen";

export function PinScreen({ act, busy, failure, clear }: ScreenProps) {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [met, setMet] = useState<Record<PinRule, boolean>>(pinRules(""));
  const [begun, setBegun] = useState(false);
  const [unequal, setUnequal] = useState(false);
  const [seen, setSeen] = useState(false);
  const good = Object.values(met).every(Boolean);
  const turned = failure?.code === "invalid_request";

  const typed = (input: HTMLInputElement) => {
    const clean = input.value.replace(/\D/g, "").slice(0, PIN_MOST);
    if (clean !== input.value) input.value = clean;
    if (failure) clear();
    setUnequal(false);
    if (input === first.current) {
      setBegun(clean.length > 0);
      setMet(pinRules(clean));
    }
  };
  const empty = () => {
    for (const field of [first.current, second.current]) if (field) field.value = "";
    setBegun(false);
    setMet(pinRules(""));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const pin = first.current?.value ?? "";
    if (!good || busy) return;
    if (pin !== second.current?.value) {
      setUnequal(true);
      second.current?.focus();
      second.current?.select();
      return;
    }
    void act("pin", { pin }).then((done) => {
      if (done) return;
      empty();
      first.current?.focus();
    });
    empty();
  };
  const input = {
    type: seen ? "text" : "password", inputMode: "numeric", autocomplete: "new-password",
    maxLength: PIN_MOST, pattern: "[0-9]*",
    onInput: (event: { currentTarget: HTMLInputElement }) => typed(event.currentTarget),
  } as const;

  return (
    <Screen
      name="pin" title={t("pin.title")} lead={t("pin.lead")}
      failure={turned ? null : failure}
    >
      <form onSubmit={submit} noValidate autocomplete="off">
        <Field label={t("pin.first")} error={turned && failure ? t("pin.turned_back") : null}>
          {(attributes) => (
            <input {...attributes} {...input} ref={first} class="pin" name="pin" aria-describedby={[attributes["aria-describedby"], "pin-rules"].filter(Boolean).join(" ")} />
          )}
        </Field>
        <ul class="rules" id="pin-rules" aria-label={t("pin.rules")}>
          {(Object.keys(met) as PinRule[]).map((rule) => (
            <li key={rule} class={begun ? (met[rule] ? "met" : "unmet") : ""} data-rule={rule}>
              <Icon name={begun && met[rule] ? "check" : "dot"} />
              <span>{tWord("pin.rule", rule)}</span>
              {begun && <span class="unseen"> {met[rule] ? t("pin.met") : t("pin.unmet")}</span>}
            </li>
          ))}
          <li><Icon name="dot" /><span>{t("pin.rule_birth")}</span></li>
        </ul>
        <Field label={t("pin.second")} error={unequal ? t("pin.unequal") : null}>
          {(attributes) => (
            <input {...attributes} {...input} ref={second} class="pin" name="pin_again" />
          )}
        </Field>
        <label class="check">
          <input type="checkbox" checked={seen} data-test="pin-show" onChange={(event) => setSeen(event.currentTarget.checked)} />
          <span>{t("pin.show")}</span>
        </label>
        <Notice><p>{t("pin.no_recovery")}</p></Notice>
        <div class="actions">
          <Button kind="primary" wide type="submit" busy={busy === "pin"} disabled={!good} test="pin-set">
            {t("pin.set")}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
