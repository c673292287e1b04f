// One press: nothing is made by only opening a link, which mail scanners do.
import { useState } from "preact/hooks";
import { Frame } from "../participant/frame";
import { Screen } from "../participant/screens/screen";
import { asFailure, post, type Failure } from "../shared/api";
import { Button, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { has, t, tWord } from "../shared/text";

// Failures after which another press cannot help.
const OVER = ["not_found", "expired", "wrong_state", "certificate_exists", "feature_disabled"];

export function Renew({ token }: { token: string }) {
  const [, redraw] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const held = {
    act: () => Promise.resolve(null),
    retry: () => redraw((count) => count + 1),
  };
  const start = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { url } = await post<{ url: string }>("/v1/renewals", { token });
      location.replace(url);
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };
  const over = failure !== null && OVER.includes(failure.code);
  return (
    <Frame session={null} held={held} bare>
      <Screen name="renew" title={t("renew.title")} lead={over ? undefined : t("renew.lead")}>
        {failure && (
          <Notice tone="bad" alert test="failure"><p>{told(failure)}</p></Notice>
        )}
        {!over && (
          <>
            <p>{t("renew.again")}</p>
            <p>{t("renew.kept")}</p>
            <p>{t("renew.old")}</p>
            <div class="actions">
              <Button kind="primary" wide test="renew" busy={busy} onClick={() => void start()}>
                {t("renew.start")}
              </Button>
            </div>
          </>
        )}
      </Screen>
    </Frame>
  );
}

function told(failure: Failure): string {
  return has(`renew.${failure.code}`) ? tWord("renew", failure.code) : failureText(failure);
}
