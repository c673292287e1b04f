// One certificate: whose, from when to when, how it stands; take it, revoke it.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, post, type Failure } from "../../shared/api";
import { Button, CopyButton, Dialog, Field, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { date, grouped, moment } from "../../shared/format";
import { Icon } from "../../shared/icons";
import { spacedPhone } from "../../shared/phone";
import { language, t, tWord } from "../../shared/text";
import type { Certificate } from "../../shared/types";
import type { SectionProps } from "../app";
import { PageHead, StatePill } from "../page";

const REASONS = [
  "unspecified", "key_compromise", "affiliation_changed", "superseded",
  "cessation_of_operation", "privilege_withdrawn",
];

export function CertificateDetail({ id, me }: SectionProps & { id: string }) {
  const [one, setOne] = useState<Certificate | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [revoking, setRevoking] = useState(false);

  useEffect(() => {
    get<Certificate>(`/v1/certificates/${id}`).then(
      setOne, (error: unknown) => setFailure(asFailure(error)),
    );
  }, [id]);

  const back = { href: "#/certificates", text: t("nav.certificates") };
  if (!one) {
    return (
      <>
        <PageHead title={t("certificate.title")} back={back} />
        {failure
          ? <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>
          : <Loading />}
      </>
    );
  }
  const base = `/v1/certificates/${one.id}`;
  return (
    <div data-test="certificate-detail" data-status={one.status}>
      <PageHead
        back={back} lead={tWord("level.title", one.level)}
        title={<>{one.fullname} <StatePill state={one.status} /></>}
      />
      {one.status === "revoked" && (
        <Notice tone="bad">
          <p>{t("certificate.revoked", {
            date: moment(one.revoked_at, language()),
            reason: tWord("revocation", one.reason),
          })}</p>
        </Notice>
      )}
      <div class="two">
        <div>
          <Subject one={one} />
          <Technical one={one} />
        </div>
        <section class="card actions-card">
          <h2>{t("detail.actions")}</h2>
          <a class="button plain" href={`${base}.pem`} download><Icon name="download" /><span>{t("done.pem")}</span></a>
          <a class="button plain" href={`${base}.cer`} download><Icon name="download" /><span>{t("done.der")}</span></a>
          <a class="button plain" href={`${base}/chain.pem`} download><Icon name="download" /><span>{t("done.chain")}</span></a>
          {one.registration && (
            <a class="button plain" href={`#/requests/${one.registration}`}>
              <Icon name="list" /><span>{t("certificate.request")}</span>
            </a>
          )}
          {me.can.revoke && one.status === "valid" && (
            <Button kind="quiet" icon="close" test="revoke" onClick={() => setRevoking(true)}>
              {t("certificate.revoke")}
            </Button>
          )}
        </section>
      </div>
      {revoking && (
        <Revoke
          one={one} onClose={() => setRevoking(false)}
          onRevoked={(now) => { setOne(now); setRevoking(false); }}
        />
      )}
    </div>
  );
}

function Subject({ one }: { one: Certificate }) {
  return (
    <section class="card">
      <h2>{t("certificate.holder")}</h2>
      <dl class="pairs">
        {Object.entries(one.subject ?? {}).map(([name, value]) => value && (
          <>
            <dt>{tWord("subject", name)}</dt>
            <dd class={name === "serial_number" ? "mono break" : ""}>{value}</dd>
          </>
        ))}
        <dt>{t("column.email")}</dt><dd>{one.email}</dd>
        {one.phone_number && (
          <><dt>{t("column.phone")}</dt><dd>{spacedPhone(one.phone_number)}</dd></>
        )}
        <dt>{t("certificate.validity")}</dt>
        <dd>{t("certificate.from_to", {
          from: date(one.not_before, language()), to: date(one.not_after, language()),
        })}</dd>
      </dl>
    </section>
  );
}

function Technical({ one }: { one: Certificate }) {
  return (
    <section class="card">
      <h2>{t("certificate.technical")}</h2>
      <dl class="pairs">
        <dt>{t("done.serial")}</dt>
        <dd class="mono">{grouped(one.serial)}</dd>
        <dt>{t("certificate.issuer")}</dt><dd>{one.issuer_name || one.issuer}</dd>
        <dt>{t("done.fingerprint")}</dt>
        <dd class="mono">
          {grouped(one.fingerprint)}
          <span class="line"><CopyButton kind="quiet" text={one.fingerprint} label={t("copy.copy")} /></span>
        </dd>
      </dl>
    </section>
  );
}

function Revoke(
  { one, onClose, onRevoked }: {
    one: Certificate; onClose: () => void; onRevoked: (now: Certificate) => void;
  },
) {
  const [reason, setReason] = useState("unspecified");
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const revoke = async () => {
    setBusy(true);
    setFailure(null);
    try {
      onRevoked(await post<Certificate>(`/v1/certificates/${one.id}/revoke`, { reason }));
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("certificate.revoke_title")} onClose={onClose}>
      <p>{t("certificate.revoke_text", { name: one.fullname })}</p>
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      <Field label={t("certificate.reason")}>
        {(attributes) => (
          <select {...attributes} value={reason} onChange={(event) => setReason(event.currentTarget.value)}>
            {REASONS.map((word) => <option value={word}>{tWord("revocation", word)}</option>)}
          </select>
        )}
      </Field>
      <label class="check">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <span>{t("certificate.sure")}</span>
      </label>
      <footer class="dialog-foot">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button kind="danger" busy={busy} disabled={!sure} test="revoke-yes" onClick={() => void revoke()}>
          {t("certificate.revoke_yes")}
        </Button>
      </footer>
    </Dialog>
  );
}
