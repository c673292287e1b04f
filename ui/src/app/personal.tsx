// What concerns the member alone.
import { Button, Field } from "../shared/controls";
import { date } from "../shared/format";
import { language, LANGUAGES, t, tWord, type Language } from "../shared/text";
import type { Me } from "../shared/types";
import { PageHead } from "./page";
import { Passkeys } from "./passkeys";

export function PersonalSettings(
  { me, onLanguage, onLeave }: {
    me: Me; onLanguage: (language: Language) => void; onLeave: () => void;
  },
) {
  return (
    <>
      <PageHead title={t("nav.personal")} />
      <section class="card">
        <dl class="pairs">
          <dt>{t("personal.name")}</dt><dd>{me.name}</dd>
          <dt>{t("personal.email")}</dt><dd>{me.email}</dd>
          <dt>{t("personal.role")}</dt><dd>{tWord("role", me.role)}</dd>
          {me.can.review && (
            <>
              <dt>{t("personal.training")}</dt>
              <dd>{me.training_until ? date(me.training_until, language()) : t("personal.no_training")}</dd>
            </>
          )}
        </dl>
      </section>
      <Passkeys operator={me.can.review} />
      <section class="card">
        <Field label={t("personal.language")} hint={t("personal.language_hint")}>
          {(attributes) => (
            <select
              {...attributes} value={language()}
              onChange={(event) => onLanguage(event.currentTarget.value as Language)}
            >
              {LANGUAGES.map((one) => (
                <option value={one} lang={one}>{one === "fr" ? "Français" : "English"}</option>
              ))}
            </select>
          )}
        </Field>
        <p class="hint">{t("personal.scheme")}</p>
      </section>
      <Button icon="out" onClick={onLeave}>{t("nav.leave")}</Button>
    </>
  );
}
