// The answers of the API as the pages use them. The server is right: a field
// that may be missing says so here.

export type Level = "lcp" | "qcp" | "qcpnqscd";
export const LEVELS: Level[] = ["lcp", "qcp", "qcpnqscd"];

export type State =
  | "created" | "opened" | "collecting" | "checking" | "action_required"
  | "in_review" | "approved" | "issued" | "declined" | "refused"
  | "cancelled" | "expired";
export const STATES: State[] = [
  "created", "opened", "collecting", "checking", "action_required",
  "in_review", "approved", "issued", "declined", "refused", "cancelled",
  "expired",
];
export const CANCELLABLE: State[] = [
  "created", "opened", "collecting", "checking", "action_required",
];
export const REMINDABLE: State[] = [
  "created", "opened", "collecting", "action_required",
];

export interface Page<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  next_cursor: string | null;
}

export interface Me {
  id: string;
  email: string;
  name: string;
  role: string;
  workspace: {
    id: string;
    name: string;
    test: boolean;
    language: string;
    features: Record<string, boolean>;
  } | null;
  can: { create: boolean; revoke: boolean; review: boolean };
}

export type StepState = "todo" | "doing" | "done" | "failed" | "skipped";

export interface Step {
  name: string;
  state: StepState;
  at: string | null;
  attempts: number;
  reasons: string[];
}

export interface Registration {
  id: string;
  state: State;
  level: Level;
  email: string;
  fullname: string | null;
  fullname_type: string | null;
  phone_number: string | null;
  phone_number_type: string | null;
  language: string | null;
  created_at: string;
  expires_at: string;
  state_at: string;
  requested_by: string;
  url?: string | null;
  progress: { done: number; total: number };
  steps: Step[];
  certificate: { id: string } | null;
  redirect_url: string | null;
  messages?: Message[];
  history?: HistoryEntry[];
}

export interface Message {
  kind: string;
  channel: string;
  created_at: string;
  sent_at: string | null;
  failed_at: string | null;
}

export interface HistoryEntry {
  at: string;
  actor: string;
  act: string;
  detail: string | null;
}

export interface Certificate {
  id: string;
  registration: string | null;
  level: Level;
  fullname: string;
  email: string;
  phone_number: string | null;
  serial: string;
  issuer: string;
  not_before: string;
  not_after: string;
  fingerprint: string;
  status: "valid" | "expired" | "revoked";
  revoked_at: string | null;
  reason: string | null;
  subject: Record<string, string | null>;
  created_at: string;
}

export interface AcceptedDocument {
  country: string;
  country_name: string;
  kind: string;
  kind_name: string;
  model: string;
  sides: 1 | 2;
  valid_from: string;
  note: string | null;
}

export type Side = "front" | "back";

export interface Picture {
  side: Side;
  state: "received" | "read" | "retake" | "missing";
  reasons: string[];
}

// The two recordings of a proof of life.
export type Part = "face" | "document";

export interface PartState {
  part: Part;
  state: "todo" | "sent" | "read" | "retake";
  reasons: string[];
}

// A session offered to a phone, as the device sees it that offers: the QR
// code's address is another one every 20 seconds.
export interface Offer {
  state: "open" | "asked" | "taken" | "ended";
  url: string | null;
}

// ... and what of it stands in the session, for who has its cookie already.
export interface Handover {
  state: Offer["state"];
  number: number | null; // two digits, once a phone has come
  device: string; // what came
  why: string; // it ended
}

// ... and as the phone sees it before it has been let in.
export interface Landing {
  ticket: string;
  device: string;
  begun_at: string;
  choices: number[];
  language: string;
}

export type Next =
  | "name" | "email" | "phone" | "consent" | "agreement" | "document"
  | "proof_of_life" | "pin"
  | "waiting" | "ask_again" | "name_again" | "refused" | "confirm" | "issuing" | "done"
  | "declined" | "cancelled" | "expired" | "in_review";

export interface Session {
  id: string;
  state: State;
  level: Level;
  language: string;
  languages: string[];
  workspace: { name: string; contact: string | null; test: boolean };
  email_masked: string;
  fullname: string | null;
  fullname_type: string | null;
  phone_number: string | null;
  phone_number_type: string | null;
  phone_masked: string | null;
  expires_at: string;
  next: Next;
  steps: Step[];
  reasons: string[];
  consent: { title: string; paragraphs: string[]; sha256: string } | null;
  code: {
    channel: "email" | "phone";
    sent_at: string;
    resend_at: string;
    expires_at: string;
    tries_left: number;
  } | null;
  document: {
    country: string;
    kind: string;
    sides: Side[];
    pictures: Picture[];
    attempts_left: number;
  } | null;
  // days: after the certificate's end; and where there is none
  proof_of_life: {
    parts: PartState[]; kept_days: number; abandoned_days: number;
  } | null;
  handover: Handover | null;
  can_ask_a_person: boolean;
  data: {
    given_names: string;
    surname: string;
    nationality: string | null;
    common_name: string;
  } | null;
  certificate: {
    serial: string;
    not_before: string;
    not_after: string;
    fingerprint: string;
    revoked_at: string | null;
    revocation_code: string | null;
    urls?: Record<string, string> | null;
  } | null;
  redirect_url: string | null;
}

export interface Agreement {
  title: string;
  paragraphs: string[];
  sha256: string;
  language: string;
}

export interface ReviewItem {
  id: string;
  level: Level;
  workspace: { name: string; test: boolean };
  opened_at: string;
  why: string | null;
}

// In pixels of the still.
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Verdict {
  name: string;
  title: string;
  verdict: "pass" | "warn" | "fail" | "unsure";
  value: number | null;
  threshold: number | null;
  side: Side | null;
  box: Box | null;
  reason: string | null;
  explanation: string | null;
}

export interface Review extends ReviewItem {
  declared: {
    fullname: string | null;
    country: string | null;
    kind: string | null;
  };
  pictures: { side: Side; still: string }[];
  verdicts: Verdict[];
  fields: {
    name: string;
    declared: string | null;
    printed: string | null;
    mrz: string | null;
  }[];
  earlier: {
    id: string;
    same: "document" | "person" | "picture";
    state: State;
    created_at: string;
  }[];
}
