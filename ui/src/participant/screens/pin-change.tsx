// Another PIN: by a code that is mailed, and then by the old one; or, where
// that is forgotten or blocked, by being identified again. Like the first PIN
// it lives in its fields until it is sent and nowhere else.
import { useRef, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { Button, Field, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { pinRules, PIN_MOST, type PinRule } from "../pin-rules";
import { CodeEntry } from "./code";

const NAMES = ["old", "pin", "pin_again"] as const;

export function PinChange(props: ScreenProps) {
  const [proof, setProof] = useState("");
  return (
    <details class="more" data-test="pin-change">
      <summary>{t("pin_change.title")} <Icon name="down" /></summary>
      {proof
        ? <Proven {...props} proof={proof} onOver={() => setProof("")} />
        : <Prove {...props} onProof={setProof} />}
    </details>
  );
}

// The mailbox first: with a link alone nobody uses up the tries of a PIN.
function Prove({ session, act, busy, failure, onProof }: ScreenProps & { onProof: (proof: string) => void }) {
  const [sent, setSent] = useState(false);
  const [checking, setChecking] = useState(false);
  const [wrong, setWrong] = useState<Failure | null>(null);
  const send = () => {
    setWrong(null);
    void act("pin/code").then((done) => setSent(sent || !!done));
  };
  const check = async (code: string) => {
    setChecking(true);
    setWrong(null);
    try {
      const { proof } = await post<{ proof: string }>(`/v1/session/${session.id}/pin/code/check`, { code });
      onProof(proof);
    } catch (error) {
      setWrong(asFailure(error));
      setChecking(false);
    }
  };
  return (
    <>
      <p>{t(sent ? "pin_change.sent" : "pin_change.code", { email: session.email_masked })}</p>
      {failure && <Notice tone="bad" alert test="pin-change-failure"><p>{failureText(failure)}</p></Notice>}
      {sent && session.code
        ? (
          <CodeEntry
            code={session.code} busy={checking} sending={busy === "pin/code"} failure={wrong}
            onCheck={(code) => void check(code)} onResend={send}
          />
        )
        : <Button wide busy={busy === "pin/code"} test="pin-code-send" onClick={send}>{t("pin_change.send")}</Button>}
    </>
  );
}

interface ProvenProps extends ScreenProps { proof: string; onOver: () => void }

function Proven(props: ProvenProps) {
  const [forgotten, setForgotten] = useState(false);
  return forgotten
    ? <Forgotten {...props} onBack={() => setForgotten(false)} />
    : (
      <>
        <Known {...props} />
        <Button kind="quiet" wide test="pin-forgotten" onClick={() => setForgotten(true)}>
          {t("pin_change.forgotten")}
        </Button>
      </>
    );
}

function Known({ act, busy, failure, clear, proof, onOver }: ProvenProps) {
  const form = useRef<HTMLFormElement>(null);
  const [broken, setBroken] = useState<PinRule | null>(null);
  const [unequal, setUnequal] = useState(false);
  const [without, setWithout] = useState(false);
  const [changed, setChanged] = useState(false);
  const value = (name: string) =>
    (form.current?.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";

  const submit = (event: Event) => {
    event.preventDefault();
    const [old, pin, again] = NAMES.map(value);
    const rules = Object.entries(pinRules(pin ?? "")) as [PinRule, boolean][];
    const unmet = rules.find(([, met]) => !met)?.[0] ?? null;
    setBroken(unmet);
    setUnequal(!unmet && pin !== again);
    setWithout(!old);
    setChanged(false);
    if (!old || unmet || pin !== again || busy) return;
    void act("pin/change", { old, pin, proof }).then((done) => setChanged(!!done));
    form.current?.reset();
  };
  const fields = {
    old: {
      label: t("pin_change.old"), error: without ? t("pin_change.old_missing") : null,
      autocomplete: "current-password",
    },
    pin: {
      label: t("pin_change.new"), error: broken ? tWord("pin.rule", broken) : null,
      autocomplete: "new-password",
    },
    pin_again: {
      label: t("pin.second"), error: unequal ? t("pin.unequal") : null,
      autocomplete: "new-password",
    },
  };
  const over = failure?.field === "proof";
  return (
    <>
      {changed && <Notice tone="good" alert test="pin-changed"><p>{t("pin_change.done")}</p></Notice>}
      {failure && (
        <Notice tone="bad" alert test="pin-change-failure">
          <p>{over ? t("pin_change.over") : failureText(failure)}</p>
          {over && <Button onClick={() => { clear(); onOver(); }}>{t("pin_change.send")}</Button>}
        </Notice>
      )}
      <form ref={form} onSubmit={submit} noValidate autocomplete="off">
        {NAMES.map((name) => (
          <Field key={name} label={fields[name].label} error={fields[name].error}>
            {(attributes) => (
              <input
                {...attributes} type="password" inputMode="numeric" class="pin" name={name}
                autocomplete={fields[name].autocomplete} maxLength={PIN_MOST} pattern="[0-9]*"
                onInput={(event) => {
                  const input = event.currentTarget;
                  const clean = input.value.replace(/\D/g, "");
                  if (clean !== input.value) input.value = clean;
                  if (failure) clear();
                }}
              />
            )}
          </Field>
        ))}
        <p class="small">{t("pin_change.tries")}</p>
        <Button wide type="submit" busy={busy === "pin/change"} test="pin-change-set">
          {t("pin_change.set")}
        </Button>
      </form>
    </>
  );
}

// What it takes is said before anything is begun.
function Forgotten({ session, proof, onBack }: ProvenProps & { onBack: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const begin = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { url } = await post<{ url: string }>(`/v1/session/${session.id}/pin/forgotten`, { proof });
      location.assign(url);
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };
  return (
    <div data-test="pin-identify">
      {failure && <Notice tone="bad" alert test="pin-change-failure"><p>{failureText(failure)}</p></Notice>}
      <p>{t("pin_change.identify")}</p>
      <p>{t("pin_change.replaced")}</p>
      <div class="actions">
        <Button kind="primary" wide busy={busy} test="pin-identify-begin" onClick={() => void begin()}>
          {t("pin_change.begin")}
        </Button>
        <Button kind="quiet" wide onClick={onBack}>{t("back")}</Button>
      </div>
    </div>
  );
}
