// What stands before the queue: a passkey, and training less than a year old.
import { useEffect, useState } from "preact/hooks";
import { get, type Failure } from "../../shared/api";
import { Loading, Notice } from "../../shared/controls";
import { date } from "../../shared/format";
import { language, t } from "../../shared/text";
import type { Me } from "../../shared/types";
import { PageHead } from "../page";
import { PasskeyProof } from "../passkey-proof";
import { AddPasskey } from "../passkeys";

export function isGate(failure: Failure): boolean {
  return failure.code === "passkey_needed" || failure.code === "training_needed";
}

export function Gate({ failure, onOpen }: { failure: Failure; onOpen: () => void }) {
  const [me, setMe] = useState<Me | null>(null);
  const load = () => {
    get<Me>("/v1/me").then((one) => {
      setMe(one);
      if (one.passkey_session && failure.code === "passkey_needed") onOpen();
    }, () => undefined);
  };
  useEffect(load, []);
  if (!me) return <Loading />;
  return (
    <>
      <PageHead title={t("nav.review")} />
      {failure.code === "training_needed"
        ? (
          <Notice tone="warning" title={t("gate.training_title")} test="training-needed">
            <p>
              {me.training_until
                ? t("gate.training_over", { date: date(me.training_until, language()) })
                : t("gate.training_never")}
            </p>
            <p>{t("gate.training_how")}</p>
          </Notice>
        )
        : (
          <section class="card" data-test="passkey-needed">
            <h2>{t("gate.passkey_title")}</h2>
            <p class="hint">{t("gate.passkey_text")}</p>
            {me.passkeys ? <PasskeyProof onProven={onOpen} /> : <AddPasskey first onAdded={load} />}
          </section>
        )}
    </>
  );
}
