// Another PIN for who knows the old one. Like the first, it lives in its
// fields until it is sent and nowhere else.
import { useRef, useState } from "preact/hooks";
import { Button, Field, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { pinRules, PIN_MOST, type PinRule } from "../pin-rules";

const NAMES = ["old", "pin", "pin_again"] as const;

export function PinChange({ act, busy, failure, clear }: ScreenProps) {
  const form = useRef<HTMLFormElement>(null);
  const [broken, setBroken] = useState<PinRule | null>(null);
  const [unequal, setUnequal] = useState(false);
  const [without, setWithout] = useState(false);
  const [changed, setChanged] = useState(false);
  const value = (name: string) =>
    (form.current?.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";

  const submit = (event: Event) => {
    event.preventDefault();
    const [old, pin, again] = NAMES.map(value);
    const rules = Object.entries(pinRules(pin ?? "")) as [PinRule, boolean][];
    const unmet = rules.find(([, met]) => !met)?.[0] ?? null;
    setBroken(unmet);
    setUnequal(!unmet && pin !== again);
    setWithout(!old);
    setChanged(false);
    if (!old || unmet || pin !== again || busy) return;
    void act("pin/change", { old, pin }).then((done) => setChanged(!!done));
    form.current?.reset();
  };
  const fields = {
    old: {
      label: t("pin_change.old"), error: without ? t("pin_change.old_missing") : null,
      autocomplete: "current-password",
    },
    pin: {
      label: t("pin_change.new"), error: broken ? tWord("pin.rule", broken) : null,
      autocomplete: "new-password",
    },
    pin_again: {
      label: t("pin.second"), error: unequal ? t("pin.unequal") : null,
      autocomplete: "new-password",
    },
  };
  return (
    <details class="more" data-test="pin-change">
      <summary>{t("pin_change.title")} <Icon name="down" /></summary>
      {changed && <Notice tone="good" alert test="pin-changed"><p>{t("pin_change.done")}</p></Notice>}
      {failure && (
        <Notice tone="bad" alert test="pin-change-failure"><p>{failureText(failure)}</p></Notice>
      )}
      <form ref={form} onSubmit={submit} noValidate autocomplete="off">
        {NAMES.map((name) => (
          <Field key={name} label={fields[name].label} error={fields[name].error}>
            {(attributes) => (
              <input
                {...attributes} type="password" inputMode="numeric" class="pin" name={name}
                autocomplete={fields[name].autocomplete} maxLength={PIN_MOST} pattern="[0-9]*"
                onInput={(event) => {
                  const input = event.currentTarget;
                  const clean = input.value.replace(/\D/g, "");
                  if (clean !== input.value) input.value = clean;
                  if (failure) clear();
                }}
              />
            )}
          </Field>
        ))}
        <p class="small">{t("pin_change.tries")}</p>
        <Button wide type="submit" busy={busy === "pin/change"} test="pin-change-set">
          {t("pin_change.set")}
        </Button>
      </form>
    </details>
  );
}
