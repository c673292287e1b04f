// The certificate is there: take it, keep the code that revokes it, go back.
import { CopyButton, Notice } from "../../shared/controls";
import { date, grouped, moment } from "../../shared/format";
import { Icon } from "../../shared/icons";
import { language, t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { PinChange } from "./pin-change";
import { Screen } from "./screen";

export function DoneScreen(props: ScreenProps) {
  const { session } = props;
  const { certificate, workspace } = session;
  const base = `/v1/session/${session.id}`;
  const revoked = certificate?.revoked_at ?? null;
  return (
    <Screen
      name="done" title={revoked ? t("done.revoked_title") : t("done.title")}
      lead={revoked
        ? t("done.revoked_lead", { time: moment(revoked, language()) })
        : t("done.lead", { name: workspace.name })}
    >
      {certificate && (
        <>
          <div class="certificate-card">
            <p class="holder">{session.data?.common_name ?? session.fullname}</p>
            <p>{t("done.valid", {
              from: date(certificate.not_before, language()),
              to: date(certificate.not_after, language()),
            })}</p>
            <dl>
              <dt>{t("done.serial")}</dt>
              <dd class="mono">{grouped(certificate.serial)}</dd>
              <dt>{t("done.fingerprint")}</dt>
              <dd class="mono">{grouped(certificate.fingerprint)}</dd>
            </dl>
          </div>
          <div class="actions">
            <a class="button primary wide" href={`${base}/certificate.pem`} download data-test="download-pem">
              <Icon name="download" /><span>{t("done.pem")}</span>
            </a>
            <div class="pair">
              <a class="button plain" href={`${base}/certificate.cer`} download data-test="download-der">
                <span>{t("done.der")}</span>
              </a>
              <a class="button plain" href={`${base}/chain.pem`} download data-test="download-chain">
                <span>{t("done.chain")}</span>
              </a>
            </div>
          </div>
          {certificate.revocation_code && (
            <section class="revocation">
              <h2>{t("done.code_title")}</h2>
              <p>{t("done.code_text")}</p>
              <div class="code-box">
                <output class="mono" data-test="revocation-code">
                  {grouped(certificate.revocation_code)}
                </output>
                <CopyButton text={certificate.revocation_code} label={t("copy.copy")} />
              </div>
              <p><a href="/revoke" data-test="revoke-own">{t("done.revoke")}</a></p>
            </section>
          )}
        </>
      )}
      {session.own_key && !revoked && (
        <Notice test="own-key-kept"><p>{t("done.own_key")}</p></Notice>
      )}
      {session.level === "qcpnqscd" && !revoked && (
        <>
          <Notice test="pin-kept"><p>{t("done.pin")}</p></Notice>
          <PinChange {...props} />
        </>
      )}
      {workspace.test && (
        <Notice tone="warning"><p>{t("done.test")}</p></Notice>
      )}
      {session.redirect_url && (
        <div class="actions">
          <a class="button plain wide" href={session.redirect_url} rel="noreferrer" data-test="redirect">
            <Icon name="arrow" /><span>{t("done.back_to", { host: host(session.redirect_url) })}</span>
          </a>
        </div>
      )}
    </Screen>
  );
}

function host(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
