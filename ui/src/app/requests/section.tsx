// "Create a certificate": the list, and over it the form for one or several.
import { useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { t } from "../../shared/text";
import type { Me } from "../../shared/types";
import type { SectionProps } from "../app";
import { PageHead } from "../page";
import { requestsLead, requestsTitle } from "../rights";
import { go } from "../router";
import { RequestForm } from "./form";
import { RequestList } from "./list";
import { SeveralForm } from "./several";

export function RequestSection({ me, route }: SectionProps) {
  const [changes, setChanges] = useState(0);
  const on = me.workspace?.features.certificate_creation ?? me.can.see;
  const mode = route.path[1];
  if (!on) return <FeatureOff me={me} />;

  const close = () => {
    setChanges((count) => count + 1);
    go("requests");
  };
  return (
    <>
      <PageHead title={t(requestsTitle(me))} lead={t(requestsLead(me))}>
        {me.can.create && (
          <>
            <Button test="several" onClick={() => go("requests/several")}>
              {t("requests.several")}
            </Button>
            <Button kind="primary" icon="add" test="create" onClick={() => go("requests/new")}>
              {t("requests.create")}
            </Button>
          </>
        )}
      </PageHead>
      <RequestList me={me} changes={changes} />
      {mode === "new" && <RequestForm me={me} from={route.search.get("from")} onClose={close} />}
      {mode === "several" && <SeveralForm me={me} onClose={close} />}
    </>
  );
}

function FeatureOff({ me }: { me: Me }) {
  return (
    <>
      <PageHead title={t(requestsTitle(me))} />
      <Notice title={t("feature_off.title")} test="feature-off">
        <p>{t("feature_off.text")}</p>
        <p>{t("feature_off.how")}</p>
      </Notice>
    </>
  );
}
