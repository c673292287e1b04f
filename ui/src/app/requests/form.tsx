// One request: e-mail and level, the rest under "more".
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, post, type Failure } from "../../shared/api";
import { Button, Dialog, Field, Notice } from "../../shared/controls";
import { failureText, fieldText } from "../../shared/failure-text";
import { Icon } from "../../shared/icons";
import { LANGUAGES, t, tWord } from "../../shared/text";
import { LEVELS, type Level, type Me, type Registration } from "../../shared/types";
import { go } from "../router";
import { bodyOf, check, draftFrom, EMPTY, NAME_TYPES, PHONE_TYPES, type Draft, type Wrong } from "./draft";

// LCP always; the others when the workspace has them.
export function levelsOf(me: Me): Level[] {
  return me.workspace?.features.qualified_levels ? LEVELS : ["lcp"];
}

export function RequestForm(
  { me, from, onClose }: { me: Me; from: string | null; onClose: () => void },
) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [more, setMore] = useState(Boolean(from));
  const [wrong, setWrong] = useState<Wrong>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID?.() ?? String(Math.random()));
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    const mended = { ...wrong };
    for (const field of Object.keys(change)) delete mended[field as keyof Draft];
    setWrong(mended);
    setFailure(null);
  };

  useEffect(() => {
    if (!from) return;
    get<Registration>(`/v1/registrations/${from}`).then(
      (old) => setDraft(draftFrom(old)), () => undefined,
    );
  }, [from]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const found = check(draft, levelsOf(me));
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const made = await post<Registration>(
        "/v1/registrations", bodyOf(draft), { "Idempotency-Key": key },
      );
      go(`requests/${made.id}?new=1`);
    } catch (error) {
      const met = asFailure(error);
      setFailure(met);
      if (met.field && met.field !== "applicant" && met.field !== "level") setMore(true);
    } finally {
      setBusy(false);
    }
  };

  const errorOf = (field: keyof Draft): string | null => {
    if (wrong[field]) return tWord("wrong", wrong[field]);
    return failure?.field === field ? fieldText(failure) : null;
  };
  const placed = failure?.field && failure.field in draft;

  return (
    <Dialog title={t("form.title")} onClose={onClose} wide>
      <form onSubmit={(event) => void submit(event)} noValidate data-test="request-form">
        {failure && !placed && <Refusal failure={failure} />}
        <Field label={t("form.email")} hint={t("form.email_hint")} error={errorOf("applicant")}>
          {(attributes) => (
            <input
              {...attributes} type="email" name="applicant" required autocomplete="off"
              value={draft.applicant} maxLength={254}
              onInput={(event) => set({ applicant: event.currentTarget.value })}
            />
          )}
        </Field>
        <LevelChoice me={me} level={draft.level} error={errorOf("level")} onChoose={(level) => set({ level })} />
        <details class="more" open={more} onToggle={(event) => setMore(event.currentTarget.open)}>
          <summary>{t("form.more")} <Icon name="down" /></summary>
          <MoreFields draft={draft} set={set} errorOf={errorOf} />
        </details>
        <footer class="dialog-foot">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} test="confirm-create">
            {t("form.confirm")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Refusal({ failure }: { failure: Failure }) {
  const open = failure.registration;
  return (
    <Notice tone="bad" alert test={`refused-${failure.code}`}>
      <p>{failureText(failure)}</p>
      {failure.code === "registration_pending" && open && (
        <p><a href={`#/requests/${open}`}>{t("form.open_pending")}</a></p>
      )}
      {failure.code === "certificate_exists" && (
        <p><a href="#/certificates">{t("form.find_certificate")}</a></p>
      )}
    </Notice>
  );
}

function LevelChoice(
  { me, level, error, onChoose }: {
    me: Me; level: Level | ""; error: string | null; onChoose: (level: Level) => void;
  },
) {
  const allowed = levelsOf(me);
  return (
    <fieldset class="levels">
      <legend>{t("form.level")}</legend>
      {LEVELS.map((one) => {
        const off = !allowed.includes(one);
        return (
          <label class={`level-card${off ? " off" : ""}`} key={one}>
            <input
              type="radio" name="level" value={one} checked={level === one}
              disabled={off} onChange={() => onChoose(one)}
            />
            <span>
              <strong>{tWord("level.title", one)}</strong>
              <span>{tWord("level.text", one)}</span>
              {off && <span class="needs">{t("form.level_off")}</span>}
            </span>
          </label>
        );
      })}
      {error && <p class="error" role="alert"><Icon name="alert" /> {error}</p>}
    </fieldset>
  );
}

function MoreFields(
  { draft, set, errorOf }: {
    draft: Draft; set: (change: Partial<Draft>) => void;
    errorOf: (field: keyof Draft) => string | null;
  },
) {
  return (
    <div class="columns">
      <Field label={t("form.name")} optional hint={t("form.name_hint")} error={errorOf("fullname")}>
        {(attributes) => (
          <input
            {...attributes} type="text" name="fullname" autocomplete="off" maxLength={150}
            value={draft.fullname}
            onInput={(event) => set({ fullname: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("form.name_type")} error={errorOf("fullname_type")}>
        {(attributes) => (
          <select
            {...attributes} name="fullname_type" value={draft.fullname_type}
            onChange={(event) => set({ fullname_type: event.currentTarget.value })}
          >
            {NAME_TYPES.map((one) => <option value={one}>{tWord("name_type", one)}</option>)}
          </select>
        )}
      </Field>
      <Field label={t("form.phone")} optional hint={t("form.phone_hint")} error={errorOf("phone_number")}>
        {(attributes) => (
          <input
            {...attributes} type="tel" name="phone_number" autocomplete="off" maxLength={32}
            placeholder="+33612345678" value={draft.phone_number}
            onInput={(event) => set({ phone_number: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("form.phone_type")} error={errorOf("phone_number_type")}>
        {(attributes) => (
          <select
            {...attributes} name="phone_number_type" value={draft.phone_number_type}
            onChange={(event) => set({ phone_number_type: event.currentTarget.value })}
          >
            {PHONE_TYPES.map((one) => <option value={one}>{tWord("phone_type", one)}</option>)}
          </select>
        )}
      </Field>
      <Field label={t("form.language")} error={errorOf("language")}>
        {(attributes) => (
          <select
            {...attributes} name="language" value={draft.language}
            onChange={(event) => set({ language: event.currentTarget.value })}
          >
            <option value="">{t("form.language_default")}</option>
            {LANGUAGES.map((one) => <option value={one}>{tWord("language", one)}</option>)}
          </select>
        )}
      </Field>
      <Field label={t("form.redirect")} optional hint={t("form.redirect_hint")} error={errorOf("redirect_url")}>
        {(attributes) => (
          <input
            {...attributes} type="url" name="redirect_url" autocomplete="off" maxLength={1000}
            placeholder="https://" value={draft.redirect_url}
            onInput={(event) => set({ redirect_url: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
