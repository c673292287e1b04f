// For the few who have a key: bring its request, see its digest, take it back.
import { useState } from "preact/hooks";
import type { Failure } from "../../shared/api";
import { Button, Field, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { grouped } from "../../shared/format";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { ownKeyOf, type OwnKey } from "../own-key";

// Said beside the key: the screen's head is out of sight by then.
export function isOfOwnKey(failure: Failure | null): failure is Failure {
  return !!failure && /^(own_)?key_/.test(failure.code);
}

export function OwnKeyChoice({ session, act, bring, busy, failure }: ScreenProps) {
  const [pasted, setPasted] = useState("");
  const [wrong, setWrong] = useState<OwnKey | null>(null);
  // Of the key to be brought, or of one that can no longer be taken back.
  const failed = isOfOwnKey(failure) && (
    <Notice tone="bad" alert test="own-key-failure"><p>{failureText(failure)}</p></Notice>
  );
  if (!session.own_key_open && !session.own_key) return failed || null;
  const give = (bytes: Uint8Array<ArrayBuffer>) => {
    const kind = ownKeyOf(bytes);
    const good = kind === "pkcs10" || kind === "pem";
    setWrong(good ? null : kind);
    if (good) void bring(bytes).then((next) => next && setPasted(""));
  };
  const refused = session.steps.find((step) => step.name === "confirm")?.reasons
    .find((reason) => reason.startsWith("key_"));
  return (
    <>
      {session.own_key && failed}
      {refused && (
        <Notice tone="warning" alert test="key-refused">
          <p>{tWord("reason", refused)} {t("own_key.refused")}</p>
        </Notice>
      )}
      {session.own_key ? (
        <Notice tone="good" test="own-key">
          <p>{t("own_key.taken", { kind: session.own_key.algorithm })}</p>
          <p class="mono" data-test="own-key-digest">{grouped(session.own_key.sha256)}</p>
          {session.own_key_open ? (
            <Button
              test="own-key-remove" busy={busy === "key/remove"}
              onClick={() => void act("key/remove")}
            >
              {t("own_key.remove")}
            </Button>
          ) : <p class="small" data-test="own-key-fixed">{t("own_key.fixed")}</p>}
        </Notice>
      ) : (
        <details class="more own-key" data-test="own-key-choice">
          <summary>{t("own_key.title")} <Icon name="down" /></summary>
          <p>{t("own_key.help")}</p>
          {session.level === "qcp" && <p>{t("own_key.before")}</p>}
          {!wrong && failed}
          {wrong && (
            <Notice tone="bad" alert test="own-key-wrong">
              <p>{tWord("own_key.wrong", wrong)}</p>
            </Notice>
          )}
          <label class="button plain file">
            <Icon name="upload" /><span>{t("own_key.file")}</span>
            <input
              type="file" data-test="own-key-file"
              accept=".csr,.p10,.pem,.der,application/pkcs10"
              onChange={async (event) => {
                const input = event.currentTarget;
                const file = input.files?.[0];
                if (file) give(new Uint8Array(await file.arrayBuffer()));
                input.value = "";
              }}
            />
          </label>
          <Field label={t("own_key.paste")}>
            {(ids) => (
              <textarea
                {...ids} rows={4} class="mono" value={pasted} spellcheck={false}
                data-test="own-key-paste"
                onInput={(event) => setPasted(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button
            wide test="own-key-use" busy={busy === "key"} disabled={!pasted.trim()}
            onClick={() => give(new TextEncoder().encode(pasted.trim()))}
          >
            {t("own_key.use")}
          </Button>
        </details>
      )}
    </>
  );
}
