// Proving a passkey of one's own to the session that a password opened.
import { useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../shared/api";
import { Button, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { signIn } from "../shared/passkey";
import { t } from "../shared/text";
import type { AssertionWish, Me } from "../shared/types";

export function PasskeyProof({ onProven }: { onProven: (me: Me) => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const prove = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const wish = await post<AssertionWish>("/v1/login/passkey/begin");
      const proof = await signIn(wish);
      onProven(await post<Me>("/v1/login/passkey", { challenge: wish.challenge, ...proof }));
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };
  return (
    <>
      {failure && <Notice tone="bad" alert test="passkey-failed"><p>{failureText(failure)}</p></Notice>}
      <Button kind="primary" icon="key" busy={busy} onClick={() => void prove()} test="prove-passkey">
        {t("passkey.prove")}
      </Button>
    </>
  );
}
