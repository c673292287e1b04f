// Sign in with e-mail and password, then with a passkey where there is one.
import { useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../shared/api";
import { Button, Field, Mark, Notice } from "../shared/controls";
import { failureText } from "../shared/failure-text";
import { language, LANGUAGES, t, tWord, type Language } from "../shared/text";
import type { Me } from "../shared/types";
import { PasskeyProof } from "./passkey-proof";

// Whose session ended by itself.
export type Over = "review" | "other" | null;

export function Login(
  { over, onSignedIn, onLanguage }: {
    over: Over; onSignedIn: (me: Me) => void; onLanguage: (language: Language) => void;
  },
) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [half, setHalf] = useState<Me | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      const me = await post<Me>("/v1/login", { email: email.trim(), password });
      if (me.passkeys && !me.passkey_session) setHalf(me);
      else onSignedIn(me);
    } catch (error) {
      setFailure(asFailure(error));
    } finally {
      setBusy(false);
    }
  };

  const text = failure && (failure.status === 401 || failure.code === "invalid_request"
    ? t("login.wrong") : failureText(failure));
  if (half) {
    return (
      <main class="alone login">
        <Mark />
        <section class="card" data-test="login-passkey">
          <h1>{t("login.passkey_title")}</h1>
          <p class="lead">{t("login.passkey_lead")}</p>
          <PasskeyProof onProven={onSignedIn} />
          <p>
            <button type="button" class="link" data-test="login-later" onClick={() => onSignedIn(half)}>
              {half.can.review ? t("login.passkey_later") : t("login.passkey_without")}
            </button>
          </p>
        </section>
      </main>
    );
  }
  return (
    <main class="alone login">
      <Mark />
      <section class="card">
        <h1>{t("login.title")}</h1>
        <p class="lead">{t("login.lead")}</p>
        {over && !text && <Notice tone="info" alert test="session-over"><p>{tWord("login.over", over)}</p></Notice>}
        {text && <Notice tone="bad" alert test="login-failed"><p>{text}</p></Notice>}
        <form onSubmit={(event) => void submit(event)}>
          <Field label={t("login.email")}>
            {(attributes) => (
              <input
                {...attributes} type="email" name="email" required
                autocomplete="username" value={email}
                onInput={(event) => setEmail(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={t("login.password")}>
            {(attributes) => (
              <input
                {...attributes} type="password" name="password" required
                autocomplete="current-password" value={password}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button kind="primary" wide type="submit" busy={busy} test="login">
            {t("login.enter")}
          </Button>
        </form>
      </section>
      <p class="login-foot">
        {LANGUAGES.map((one) => (
          <button
            type="button" class="link" lang={one} onClick={() => onLanguage(one)}
            aria-pressed={one === language()}
          >
            {one === "fr" ? "Français" : "English"}
          </button>
        ))}
      </p>
    </main>
  );
}
