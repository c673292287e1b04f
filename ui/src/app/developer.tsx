// How a program asks for the same things.
import { CopyButton } from "../shared/controls";
import { Icon } from "../shared/icons";
import { t } from "../shared/text";
import type { SectionProps } from "./app";
import { PageHead } from "./page";

export function Developer(_props: SectionProps) {
  const base = `${window.location.origin}/v1`;
  const create = [
    `curl ${base}/registrations \\`,
    "  -u \"$PARAPH_API_KEY:\" \\",
    "  -d applicant=ada@example.org \\",
    "  -d level=lcp",
  ].join("\n");
  const match = [
    `curl ${base}/certificates/match \\`,
    "  -u \"$PARAPH_API_KEY:\" \\",
    "  -d email=ada@example.org",
  ].join("\n");
  return (
    <>
      <PageHead title={t("nav.developer")} lead={t("developer.lead")} />
      <section class="card">
        <h2>{t("developer.base")}</h2>
        <div class="line"><code class="address">{base}</code><CopyButton text={base} label={t("copy.copy")} /></div>
        <p>{t("developer.key")}</p>
        <p>
          <a href="/v1/openapi.json" target="_blank" rel="noopener">
            <Icon name="file" /> {t("developer.openapi")}
          </a>
        </p>
      </section>
      <Example title={t("developer.create")} text={t("developer.create_text")} code={create} />
      <Example title={t("developer.match")} text={t("developer.match_text")} code={match} />
    </>
  );
}

function Example({ title, text, code }: { title: string; text: string; code: string }) {
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        <CopyButton text={code} label={t("copy.copy")} />
      </div>
      <p>{text}</p>
      <pre class="code" tabIndex={0}><code>{code}</code></pre>
    </section>
  );
}
