// What the workspace is and which of its features are on.
import { t, tWord } from "../shared/text";
import type { SectionProps } from "./app";
import { PageHead } from "./page";

export function WorkspacePage({ me }: SectionProps) {
  const { workspace } = me;
  if (!workspace) return null;
  return (
    <>
      <PageHead title={t("nav.workspace")} lead={t("workspace.lead")} />
      <section class="card">
        <dl class="pairs">
          <dt>{t("workspace.name")}</dt><dd>{workspace.name}</dd>
          <dt>{t("workspace.id")}</dt><dd class="mono">{workspace.id}</dd>
          <dt>{t("workspace.kind")}</dt>
          <dd>{workspace.test ? t("workspace.kind_test") : t("workspace.kind_live")}</dd>
          <dt>{t("workspace.language")}</dt><dd>{tWord("language", workspace.language)}</dd>
        </dl>
      </section>
      <section class="card">
        <h2>{t("workspace.features")}</h2>
        <dl class="pairs">
          {Object.entries(workspace.features).map(([name, on]) => (
            <>
              <dt>{tWord("feature", name)}</dt>
              <dd>
                <span class={`pill ${on ? "good" : "quiet"}`}>
                  {on ? t("workspace.on") : t("workspace.off")}
                </span>
              </dd>
            </>
          ))}
        </dl>
        <p class="hint">{t("workspace.features_by")}</p>
      </section>
    </>
  );
}
