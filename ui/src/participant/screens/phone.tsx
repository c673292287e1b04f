// A mobile number and the code sent to it.
import { useState } from "preact/hooks";
import { Button, Field } from "../../shared/controls";
import { fieldText } from "../../shared/failure-text";
import {
  isPhone, joinPhone, prefixOf, PREFIXES, spacedPhone, splitPhone,
} from "../../shared/phone";
import { language, t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { CodeEntry } from "./code";
import { Screen } from "./screen";

export function PhoneScreen(props: ScreenProps) {
  const { session, act, busy, failure, refresh, clear } = props;
  const code = session.code?.channel === "phone" ? session.code : null;
  const fixed = session.phone_number_type === "prerequisite";
  const [changing, setChanging] = useState(false);

  if (code && !changing) {
    const shown = session.phone_number
      ? spacedPhone(session.phone_number) : session.phone_masked ?? "";
    return (
      <Screen
        name="phone-code" title={t("phone.code_title")}
        lead={t("phone.code_lead", { number: shown })}
      >
        <CodeEntry
          code={code} busy={busy === "phone-code/check"}
          sending={busy === "phone-code"} failure={failure}
          onCheck={(digits) => void act("phone-code/check", { code: digits })
            .then((done) => { if (!done) void refresh(); })}
          onResend={() => void act("phone-code")}
        />
        {!fixed && (
          <Button kind="quiet" wide onClick={() => { clear(); setChanging(true); }}>
            {t("phone.change")}
          </Button>
        )}
      </Screen>
    );
  }
  return fixed
    ? <FixedNumber {...props} />
    : <TypeNumber {...props} onSent={() => setChanging(false)} />;
}

function FixedNumber({ session, act, busy, failure }: ScreenProps) {
  return (
    <Screen
      name="phone" title={t("phone.title")} lead={t("phone.fixed_lead")}
      failure={failure}
    >
      <p class="big-value">{session.phone_masked ?? spacedPhone(session.phone_number)}</p>
      <div class="actions">
        <Button
          kind="primary" wide icon="phone" test="phone-send"
          busy={busy === "phone-code"} onClick={() => void act("phone-code")}
        >
          {t("phone.send")}
        </Button>
      </div>
      <p class="small">{t("phone.fixed_wrong", { name: session.workspace.name })}</p>
    </Screen>
  );
}

function countries(): { country: string; text: string }[] {
  const names = new Intl.DisplayNames([language()], { type: "region" });
  return PREFIXES
    .map(({ country, prefix }) => ({
      country, text: `${names.of(country) ?? country} (${prefix})`,
    }))
    .sort((a, b) => a.text.localeCompare(b.text, language()));
}

function TypeNumber(
  { session, act, busy, failure, onSent }: ScreenProps & { onSent: () => void },
) {
  const start = splitPhone(session.phone_number);
  const [country, setCountry] = useState(start.country);
  const [typed, setTyped] = useState(start.national);
  const [wrong, setWrong] = useState<string | null>(null);
  const onField = failure?.code === "invalid_request";

  const submit = (event: Event) => {
    event.preventDefault();
    const number = joinPhone(prefixOf(country), typed);
    if (!isPhone(number)) {
      setWrong(t("phone.wrong"));
      return;
    }
    setWrong(null);
    void act("phone-code", { phone_number: number }).then((done) => {
      if (done) onSent();
    });
  };

  return (
    <Screen
      name="phone" title={t("phone.title")} lead={t("phone.lead")}
      failure={onField ? null : failure}
    >
      <form onSubmit={submit} noValidate>
        <Field label={t("phone.country")}>
          {(attributes) => (
            <select
              {...attributes} name="country" value={country} autocomplete="tel-country-code"
              onChange={(event) => setCountry(event.currentTarget.value)}
            >
              {countries().map((one) => (
                <option key={one.country} value={one.country}>{one.text}</option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t("phone.field")} hint={t("phone.hint")}
          error={wrong ?? (onField && failure ? fieldText(failure) : null)}
        >
          {(attributes) => (
            <div class="joined">
              <span class="prefix" aria-hidden="true">{prefixOf(country)}</span>
              <input
                {...attributes} name="phone" type="tel" inputMode="tel"
                autocomplete="tel-national" value={typed} maxLength={24}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </div>
          )}
        </Field>
        <div class="actions">
          <Button kind="primary" wide type="submit" busy={busy === "phone-code"} test="phone-send">
            {t("phone.send")}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
