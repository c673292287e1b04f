// Confirm, correct, type or refuse the name. Refusing ends the request, so it
// takes a second, explicit press.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button, Dialog, Field } from "../../shared/controls";
import { fieldText } from "../../shared/failure-text";
import { t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { Screen } from "./screen";

export function NameScreen(props: ScreenProps) {
  const { session, act, busy, failure } = props;
  const given = session.fullname ?? "";
  const fixed = session.fullname_type === "prerequisite";
  const [typing, setTyping] = useState(given === "");
  const [refusing, setRefusing] = useState(false);

  if (typing) return <TypeName {...props} onBack={given ? () => setTyping(false) : null} />;
  return (
    <Screen
      name="name" title={t("name.confirm_title")} lead={t("name.confirm_lead")}
      failure={failure}
    >
      <p class="big-value" data-test="given-name">{given}</p>
      <p class="small">{t("name.why")}</p>
      <div class="actions">
        <Button
          kind="primary" wide busy={busy === "name"} test="name-yes"
          onClick={() => void act("name", { accept: true, fullname: given })}
        >
          {t("name.yes")}
        </Button>
        {!fixed && (
          <Button wide test="name-correct" onClick={() => setTyping(true)}>
            {t("name.correct")}
          </Button>
        )}
        <Button kind="quiet" wide test="name-no" onClick={() => setRefusing(true)}>
          {fixed ? t("name.no_fixed") : t("name.no")}
        </Button>
      </div>
      {refusing && <Refuse {...props} onClose={() => setRefusing(false)} />}
    </Screen>
  );
}

export function TypeName(
  { session, act, busy, failure, onBack, title, lead, children }:
  ScreenProps & {
    onBack: (() => void) | null; title?: string; lead?: string;
    children?: ComponentChildren;
  },
) {
  const [name, setName] = useState(session.fullname ?? "");
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const clean = name.trim().replace(/\s+/g, " ");
    if (clean.length < 3 || !clean.includes(" ")) {
      setWrong(t("name.both"));
      return;
    }
    setWrong(null);
    void act("name", { accept: true, fullname: clean });
  };
  const onField = failure?.code === "invalid_request";
  return (
    <Screen
      name="name" title={title ?? t("name.type_title")}
      lead={lead ?? t("name.type_lead")} failure={onField ? null : failure}
    >
      <form onSubmit={submit} noValidate>
        <Field
          label={t("name.field")} hint={t("name.hint")}
          error={wrong ?? (onField && failure ? fieldText(failure) : null)}
        >
          {(attributes) => (
            <input
              {...attributes} name="fullname" type="text" autocomplete="name"
              maxLength={150} required value={name} autocapitalize="words"
              spellcheck={false}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="actions">
          <Button kind="primary" wide type="submit" busy={busy === "name"} test="name-save">
            {t("next")}
          </Button>
          {onBack && <Button kind="quiet" wide onClick={onBack}>{t("back")}</Button>}
          {children}
        </div>
      </form>
    </Screen>
  );
}

function Refuse(
  { session, act, busy, onClose }: ScreenProps & { onClose: () => void },
) {
  return (
    <Dialog title={t("name.refuse_title")} onClose={onClose}>
      <p>{t("name.refuse_text", { name: session.workspace.name })}</p>
      <div class="actions">
        <Button
          kind="danger" wide busy={busy === "name"} test="name-refuse"
          onClick={() => void act("name", { accept: false })}
        >
          {t("name.refuse_yes")}
        </Button>
        <Button wide onClick={onClose}>{t("name.refuse_no")}</Button>
      </div>
    </Dialog>
  );
}
