// What an approval signs, shown before it is signed. The passkey's challenge is
// the digest of exactly these data; the signer makes the same digest from what
// it is asked to certify, and refuses when it is another.
import { hex } from "../../shared/base64url";
import { Loading, Notice } from "../../shared/controls";
import { spaced } from "../../shared/format";
import { t, tWord } from "../../shared/text";
import { Note } from "./note";
import type { DecisionForm } from "./use-decision";
import { words } from "./words";

export function ApproveStep({ form }: { form: DecisionForm }) {
  const { approval, digest, busy, failure } = form;
  if (failure?.code === "approval_differs") {
    return <Notice tone="bad" alert test="approval-differs"><p>{t("approve.damaged")}</p></Notice>;
  }
  if (!approval || !digest) return failure ? null : <Loading />;
  const { subject } = approval;
  return (
    <>
      <div class="signs" data-test="approval">
        <h3>{t("approve.title")}</h3>
        <dl class="pairs narrow">
          <dt>{t("field.given_names")}</dt><dd><strong>{subject.given_names}</strong></dd>
          <dt>{t("field.surname")}</dt><dd><strong>{subject.surname}</strong></dd>
          <dt>{t("approve.common_name")}</dt><dd>{subject.common_name}</dd>
          <dt>{t("field.country")}</dt><dd>{subject.country}</dd>
          {subject.person_serial && (
            <><dt>{t("approve.serial")}</dt><dd class="mono">{subject.person_serial}</dd></>
          )}
          <dt>{t("column.level")}</dt>
          <dd>{tWord("level.name", approval.level)} <span class="mono hint">{approval.profile}</span></dd>
          <dt>{t("approve.own_key")}</dt>
          <dd data-test="approve-own-key">
            {approval.own_key ? (
              <>
                <strong>{approval.own_key.algorithm}</strong>
                <p class="mono break">{spaced(approval.own_key.sha256)}</p>
                <p class="hint">{t("approve.own_key_hint")}</p>
              </>
            ) : t("approve.own_key_none")}
          </dd>
          <dt>{t("approve.digest")}</dt>
          <dd>
            <strong class="mono" data-test="digest-words">{words(digest)}</strong>
            <details>
              <summary>{t("approve.whole")}</summary>
              <p class="mono break">{spaced(hex(digest))}</p>
              <p class="hint">{t("approve.evidence")}</p>
              <p class="mono break">{spaced(approval.evidence)}</p>
            </details>
          </dd>
        </dl>
        {busy && <p role="status">{t("approve.waiting")}</p>}
      </div>
      <Note form={form} />
    </>
  );
}
