// What somebody needs who received a signed document: whose root it is, how
// to compare its fingerprint, where status is told, what the texts promise.
import { useEffect, useState } from "preact/hooks";
import { Frame } from "../participant/frame";
import { Screen } from "../participant/screens/screen";
import { asFailure, get, type Failure } from "../shared/api";
import { Button, CopyButton, Loading, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { date, grouped, moment } from "../shared/format";
import { language, t, tCount, tWord } from "../shared/text";

interface List {
  url: string;
  number: number;
  entries: number;
  this_update: string;
  next_update: string;
  late: boolean;
}

interface Authority {
  name: string;
  kind: string;
  subject: string;
  issuer: string;
  serial: string;
  key: string;
  not_before: string;
  not_after: string;
  fingerprint: string;
  cer_url: string;
  pem_url: string;
  crl: List | null;
}

interface Policy {
  kind: string;
  language: string;
  title: string;
  url: string;
  complete: boolean;
}

interface Answer {
  organisation: string;
  test: boolean;
  ocsp_url: string;
  authorities: Authority[];
  policies: Policy[];
}

// The addresses in certificates are plain http; a page that came by https
// takes the same files from its own server.
function here(url: string): string {
  return new URL(url).pathname;
}

export function Repository() {
  const [, redraw] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const held = {
    act: () => Promise.resolve(null),
    retry: () => redraw((count) => count + 1),
  };
  const load = () => {
    setFailure(null);
    get<Answer>("/v1/repository").then(setAnswer, (error: unknown) => setFailure(asFailure(error)));
  };
  useEffect(load, []);
  return (
    <Frame session={null} held={held} bare>
      <Screen name="repository" title={t("repository.title")} lead={t("repository.lead")}>
        {failure && (
          <Notice tone="bad" alert>
            <p>{failureText(failure)}</p>
            <Button onClick={load}>{t("try_again")}</Button>
          </Notice>
        )}
        {!answer && !failure && <Loading />}
        {answer && <Contents answer={answer} />}
      </Screen>
    </Frame>
  );
}

function Contents({ answer }: { answer: Answer }) {
  // from the root down
  const ordered = [...answer.authorities].sort((a, b) =>
    Number(b.kind === "root") - Number(a.kind === "root") || a.name.localeCompare(b.name));
  return (
    <>
      <p>{t("repository.of", { name: answer.organisation })}</p>
      {answer.test && (
        <Notice tone="warning" test="repository-test"><p>{t("repository.test")}</p></Notice>
      )}
      <h2>{t("repository.authorities")}</h2>
      {ordered.map((one) => <AuthorityCard key={one.name} one={one} />)}
      <h2>{t("repository.ocsp")}</h2>
      <p>{t("repository.ocsp_text")}</p>
      <p class="mono address">{answer.ocsp_url}</p>
      <h2>{t("repository.policies")}</h2>
      <Policies policies={answer.policies} />
    </>
  );
}

function commonName(one: Authority): string {
  return /(?:^|, )CN=([^,]+)/.exec(one.subject)?.[1] ?? one.name;
}

function AuthorityCard({ one }: { one: Authority }) {
  return (
    <section class="authority" data-test={`authority-${one.name}`} aria-labelledby={`name-${one.name}`}>
      <h3 id={`name-${one.name}`}>{commonName(one)}</h3>
      <dl>
        <dt>{t("repository.kind")}</dt>
        <dd>{tWord("authority", one.kind)}{one.key && ` · ${one.key}`}</dd>
        <dt>{t("repository.name")}</dt>
        <dd>{one.subject}</dd>
        <dt>{t("repository.valid")}</dt>
        <dd>{t("done.valid", { from: date(one.not_before, language()), to: date(one.not_after, language()) })}</dd>
        <dt>{t("repository.serial")}</dt>
        <dd class="mono">{grouped(one.serial)}</dd>
        <dt>{t("repository.fingerprint")}</dt>
        <dd>
          <span class="mono" data-test="fingerprint">{grouped(one.fingerprint)}</span>
          <br />
          <CopyButton kind="quiet" text={one.fingerprint} label={t("copy.copy")} />
        </dd>
        {one.crl && (
          <>
            <dt>{t("repository.crl")}</dt>
            <dd>
              <a href={here(one.crl.url)} download data-test="crl">{t("repository.crl_number", { number: one.crl.number })}</a>
              {` · ${tCount("repository.crl_entries", one.crl.entries)}`}
              <br />
              {t("repository.crl_next", { time: moment(one.crl.next_update, language()) })}
              {one.crl.late && <strong class="late">{t("repository.crl_late")}</strong>}
            </dd>
          </>
        )}
      </dl>
      <p class="downloads">
        <a href={here(one.cer_url)} download>{t("repository.cer")}</a>
        <a href={here(one.pem_url)} download>{t("repository.pem")}</a>
      </p>
    </section>
  );
}

function Policies({ policies }: { policies: Policy[] }) {
  const own = policies.filter((one) => one.language === language());
  const others = policies.filter((one) => one.language !== language());
  return (
    <>
      <ul class="policies">
        {[...own, ...others].map((one) => (
          <li key={one.url}>
            <a href={here(one.url)} hreflang={one.language} lang={one.language} data-test={`policy-${one.kind}-${one.language}`}>
              {one.title}
            </a>
            <span class="small"> {tWord("language", one.language)}</span>
          </li>
        ))}
      </ul>
      {policies.some((one) => !one.complete) && (
        <Notice tone="warning" test="policies-incomplete"><p>{t("repository.incomplete")}</p></Notice>
      )}
    </>
  );
}
