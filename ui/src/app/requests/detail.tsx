// One request: where it stands, its steps, what was sent, what can be done.
import { useState } from "preact/hooks";
import { asFailure, get, post, type Failure } from "../../shared/api";
import { Button, CopyButton, Dialog, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { spacedPhone } from "../../shared/phone";
import { language, t, tWord } from "../../shared/text";
import { CANCELLABLE, REMINDABLE, type Me, type Registration } from "../../shared/types";
import type { SectionProps } from "../app";
import { PageHead, StatePill } from "../page";
import { requestsTitle } from "../rights";
import { go } from "../router";
import { expiryOf, hasEnded } from "./ended";
import { History, Messages, Steps } from "./timeline";

export function RequestDetail({ id, me, route }: SectionProps & { id: string }) {
  const [one, setOne] = useState<Registration | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fresh = route.search.has("new");

  usePolling(async (signal) => {
    try {
      setOne(await get<Registration>(`/v1/registrations/${id}`, signal));
      setFailure(null);
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error));
    }
  }, 4000, [id]);

  const back = { href: "#/requests", text: t(requestsTitle(me)) };
  if (!one) {
    return (
      <>
        <PageHead title={t("detail.title")} back={back} />
        {failure
          ? <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>
          : <Loading />}
      </>
    );
  }
  return (
    <div data-test="request-detail" data-state={one.state}>
      <PageHead
        back={back}
        title={<>{one.fullname || one.email} <StatePill state={one.state} /></>}
        lead={t("detail.lead", {
          level: tWord("level.title", one.level), by: one.requested_by,
          date: moment(one.created_at, language()),
        })}
      />
      {fresh && one.state === "created" && (
        <Notice tone="good" title={t("detail.created_title")} test="created">
          <p>{t("detail.created_text", { email: one.email })}</p>
        </Notice>
      )}
      <div class="two">
        <div>
          <section class="card">
            <h2>{t("detail.steps")}</h2>
            <Steps steps={one.steps} ended={hasEnded(one.state)} />
          </section>
          <Messages messages={one.messages ?? []} />
          <History history={one.history ?? []} />
        </div>
        <div>
          <Facts one={one} me={me} />
          {me.can.create && <Actions one={one} onChange={setOne} />}
        </div>
      </div>
    </div>
  );
}

const May = ({ children }: { children: string | false | null }) =>
  (children ? <span class="sub">{children}</span> : null);

function Facts({ one, me }: { one: Registration; me: Me }) {
  const expiry = expiryOf(one);
  const at = one.email.lastIndexOf("@") + 1;
  const may = (what: "name_type" | "phone_type", word: string | null) =>
    word && !hasEnded(one.state) && `${t(`form.${what}`)} ${tWord(what, word)}`;
  return (
    <section class="card">
      <h2>{t("detail.facts")}</h2>
      <dl class="pairs narrow">
        <dt>{t("column.email")}</dt><dd>{one.email.slice(0, at)}<wbr />{one.email.slice(at)}</dd>
        {one.fullname && (
          <>
            <dt>{t("column.name")}</dt>
            <dd>{one.fullname}<May>{may("name_type", one.fullname_type)}</May></dd>
          </>
        )}
        {one.phone_number && (
          <>
            <dt>{t("column.phone")}</dt>
            <dd>{spacedPhone(one.phone_number)}<May>{may("phone_type", one.phone_number_type)}</May></dd>
          </>
        )}
        <dt>{t("form.language")}</dt><dd>{tWord("language", one.language)}</dd>
        {expiry && <><dt>{t("column.expires")}</dt><dd>{moment(expiry, language())}</dd></>}
        {one.redirect_url && (
          <><dt>{t("form.redirect")}</dt><dd class="break">{one.redirect_url}</dd></>
        )}
        {!me.workspace && <><dt>{t("nav.workspace")}</dt><dd class="mono break">{one.workspace}</dd></>}
        <dt>{t("detail.id")}</dt><dd class="mono break">{one.id}</dd>
      </dl>
      {one.certificate && (
        <a class="button primary wide" href={`#/certificates/${one.certificate.id}`} data-test="to-certificate">
          <Icon name="certificate" /><span>{t("detail.certificate")}</span>
        </a>
      )}
    </section>
  );
}

function Actions(
  { one, onChange }: { one: Registration; onChange: (one: Registration) => void },
) {
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);

  const act = async (name: "remind" | "cancel", done: string) => {
    setBusy(name);
    setFailure(null);
    setSaid(null);
    try {
      await post(`/v1/registrations/${one.id}/${name}`);
      onChange(await get<Registration>(`/v1/registrations/${one.id}`));
      setSaid(done);
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(null);
      setAsking(false);
    }
  };

  return (
    <section class="card actions-card">
      <h2>{t("detail.actions")}</h2>
      <p role="status" class={said ? "said" : "unseen"}>{said}</p>
      {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
      {one.url && REMINDABLE.includes(one.state) && (
        <CopyButton text={one.url} label={t("detail.copy_link")} test="copy-link" />
      )}
      {REMINDABLE.includes(one.state) && (
        <Button
          icon="mail" busy={busy === "remind"} test="remind"
          onClick={() => void act("remind", t("detail.reminded"))}
        >
          {t("detail.remind")}
        </Button>
      )}
      <Button icon="add" test="again" onClick={() => go(`requests/new?from=${one.id}`)}>
        {t("detail.again")}
      </Button>
      {CANCELLABLE.includes(one.state) && (
        <Button kind="quiet" icon="close" test="cancel" onClick={() => setAsking(true)}>
          {t("detail.cancel")}
        </Button>
      )}
      {asking && (
        <Dialog title={t("detail.cancel_title")} onClose={() => setAsking(false)}>
          <p>{t("detail.cancel_text", { email: one.email })}</p>
          <footer class="dialog-foot">
            <Button onClick={() => setAsking(false)}>{t("detail.cancel_no")}</Button>
            <Button
              kind="danger" busy={busy === "cancel"} test="cancel-yes"
              onClick={() => void act("cancel", t("detail.cancelled"))}
            >
              {t("detail.cancel_yes")}
            </Button>
          </footer>
        </Dialog>
      )}
    </section>
  );
}
