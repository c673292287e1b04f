// The few controls both pages are made of. Plain elements first: a button is
// a button, a field is a label and an input, so that keyboards and screen
// readers need nothing from us.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";
import { copyText } from "./hooks";
import { t } from "./text";

type ButtonKind = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, "icon"> {
  kind?: ButtonKind;
  busy?: boolean;
  wide?: boolean;
  counting?: boolean; // what it says until when it rests is read
  disabled?: boolean;
  type?: "button" | "submit";
  icon?: IconName;
  test?: string;
  children: ComponentChildren;
}

export function Button(
  { kind = "plain", busy, wide, counting, icon, test, disabled, children, type, ...rest }: ButtonProps,
) {
  return (
    <button
      type={type ?? "button"}
      class={`button ${kind}${wide ? " wide" : ""}${busy ? " busy" : ""}${counting ? " counting" : ""}`}
      aria-disabled={busy || undefined}
      disabled={disabled || busy}
      data-test={test}
      {...rest}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  optional?: boolean;
  children: (attributes: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: boolean;
  }) => ComponentChildren;
}

export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const described = [
    hint ? `${id}-hint` : "", error ? `${id}-error` : "",
  ].filter(Boolean).join(" ");
  return (
    <div class={`field${error ? " wrong" : ""}`}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> {t("form.optional")}</span>}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          <Icon name="alert" /> {error}
        </p>
      )}
    </div>
  );
}

type Tone = "info" | "warning" | "bad" | "good";

export function Notice(
  { tone = "info", title, alert, test, children }: {
    tone?: Tone; title?: string; alert?: boolean; test?: string;
    children?: ComponentChildren;
  },
) {
  const icon: IconName =
    tone === "good" ? "check" : tone === "info" ? "info" : "alert";
  return (
    <div class={`notice ${tone}`} role={alert ? "alert" : undefined} data-test={test}>
      <Icon name={icon} />
      <div>
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

export function CopyButton(
  { text, label, kind, test }: {
    text: string; label: string; kind?: ButtonKind; test?: string;
  },
) {
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = window.setTimeout(() => setCopied(null), 2500);
    return () => window.clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      kind={kind} icon={copied ? "check" : "copy"} test={test}
      onClick={async () => setCopied(await copyText(text))}
    >
      <span aria-live="polite">
        {copied === null ? label : copied ? t("copy.done") : t("copy.failed")}
      </span>
    </Button>
  );
}

// The browser's own dialog: it holds the focus, closes on Escape and gives
// the focus back.
export function Dialog(
  { title, onClose, wide, children }: {
    title: string; onClose: () => void; wide?: boolean;
    children: ComponentChildren;
  },
) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog} class={wide ? "wide" : ""} aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
    >
      <header class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button" class="icon-button" aria-label={t("dialog.close")}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}

export function Loading() {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" /> {t("loading")}
    </p>
  );
}

export function Mark({ name = true }: { name?: boolean }) {
  return (
    <span class="mark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect class="mark-ground" width="32" height="32" rx="8" />
        <path class="mark-letter" d="M11 22V9.500h5.200a4.300 4.300 0 0 1 0 8.600H11" />
        <path class="mark-stroke" d="M7.500 25.200c6-3.200 11.500-2.600 17-.8" />
      </svg>
      {name && <span>Paraph</span>}
    </span>
  );
}
