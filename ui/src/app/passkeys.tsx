// A member's passkeys: list, add, remove. The fingerprint of a new one is what
// an operator takes to the signer's machine, where two persons enrol it.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, post, type Failure } from "../shared/api";
import { Button, Dialog, Field, Loading, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { date, spaced } from "../shared/format";
import { enrol, passkeysWork } from "../shared/passkey";
import { language, t } from "../shared/text";
import type { EnrolmentWish, Page, Passkey } from "../shared/types";

const NAME_MAX = 60;

export function Passkeys({ operator }: { operator: boolean }) {
  const [keys, setKeys] = useState<Passkey[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const [adding, setAdding] = useState(false);
  const load = () => {
    get<Page<Passkey>>("/v1/me/passkeys").then(
      (page) => { setKeys(page.data); setFailure(null); },
      (error: unknown) => setFailure(asFailure(error)),
    );
  };
  useEffect(load, []);
  return (
    <section class="card" data-test="passkeys">
      <h2>{t("passkey.title")}</h2>
      <p class="hint">{operator ? t("passkey.lead_operator") : t("passkey.lead")}</p>
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      {!keys && !failure && <Loading />}
      {keys && keys.length > 0 && (
        <ul class="passkeys">
          {keys.map((one) => (
            <li key={one.id} data-test="passkey">
              <div>
                <strong>{one.name}</strong>
                <span class="sub">
                  {t("passkey.since", { date: date(one.created_at, language()) })}
                  {one.used_at && ` · ${t("passkey.used", { date: date(one.used_at, language()) })}`}
                </span>
                {operator && <span class="sub mono break">{spaced(one.fingerprint)}</span>}
              </div>
              <Button kind="quiet" onClick={() => setLeaving(one)} test="remove-passkey">
                {t("passkey.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {keys && !adding && keys.length > 0 && (
        <Button icon="add" onClick={() => setAdding(true)} test="add-another">{t("passkey.another")}</Button>
      )}
      {keys && (adding || keys.length === 0) && (
        <AddPasskey
          operator={operator} first={operator && keys.length === 0}
          onAdded={() => { setAdding(false); load(); }}
        />
      )}
      {leaving && (
        <RemovePasskey
          one={leaving} last={keys?.length === 1 && operator} onClose={() => setLeaving(null)}
          onRemoved={() => { setLeaving(null); load(); }}
        />
      )}
    </section>
  );
}

// The first one of an operator takes a code from an administrator: a password
// alone makes nobody an operator.
export function AddPasskey({ operator, first, onAdded }: {
  operator?: boolean; first?: boolean; onAdded: () => void;
}) {
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [made, setMade] = useState<Pick<Passkey, "fingerprint" | "name"> | null>(null);
  const add = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      const proof = first ? { code: code.trim() } : {};
      const wish = await post<EnrolmentWish>("/v1/me/passkeys/begin", proof);
      const answer = await enrol(wish);
      setMade(await post("/v1/me/passkeys", {
        challenge: wish.challenge, name: name.trim() || t("passkey.unnamed"), ...proof, ...answer,
      }));
    } catch (error) {
      setFailure(asFailure(error));
    }
    setBusy(false);
  };
  if (!passkeysWork()) {
    return <Notice tone="warning"><p>{t("error.passkey_unsupported")}</p></Notice>;
  }
  if (made) {
    return (
      <Notice tone="good" title={t("passkey.added", { name: made.name })} test="passkey-added">
        {operator !== false && (
          <>
            <p>{t("passkey.fingerprint")}</p>
            <p class="mono break">{spaced(made.fingerprint)}</p>
          </>
        )}
        <p><Button onClick={onAdded} test="passkey-go-on">{t("next")}</Button></p>
      </Notice>
    );
  }
  return (
    <form class="add-passkey" onSubmit={(event) => void add(event)}>
      {failure && <Notice tone="bad" alert test="passkey-failed"><p>{failureText(failure)}</p></Notice>}
      {first && (
        <Field label={t("passkey.code")} hint={t("passkey.code_hint")}>
          {(attributes) => (
            <input
              {...attributes} class="mono" name="enrolment_code" maxLength={40} value={code} required
              autocomplete="off" spellcheck={false}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <Field label={t("passkey.name")} hint={t("passkey.name_hint")} optional>
        {(attributes) => (
          <input
            {...attributes} name="passkey_name" maxLength={NAME_MAX} value={name} autocomplete="off"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button kind="primary" icon="key" type="submit" busy={busy} test="add-passkey">
        {t("passkey.add")}
      </Button>
    </form>
  );
}

function RemovePasskey(
  { one, last, onClose, onRemoved }: {
    one: Passkey; last: boolean; onClose: () => void; onRemoved: () => void;
  },
) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const remove = () => {
    setBusy(true);
    post(`/v1/me/passkeys/${one.id}/remove`).then(onRemoved, (error: unknown) => {
      setFailure(asFailure(error));
      setBusy(false);
    });
  };
  return (
    <Dialog title={t("passkey.remove_title", { name: one.name })} onClose={onClose}>
      <p>{t("passkey.remove_text")}</p>
      {last && <p>{t("passkey.remove_last")}</p>}
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button kind="danger" busy={busy} onClick={remove} test="remove-yes">{t("passkey.remove")}</Button>
      </div>
    </Dialog>
  );
}
