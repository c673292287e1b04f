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
  can: { see: boolean; create: boolean; revoke: boolean; review: boolean };
  passkeys?: number;
  passkey_session?: boolean;
  training_until?: string | null;
  cover?: Cover;
}

// When an open case is covered, and what uncovers it; 0 minutes: never.
export interface Cover { minutes: number; opens: "key" | "passkey" }

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
  workspace: string;
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
  issuer: string; // what the API calls the authority
  issuer_name: string; // its common name in the certificate
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
  takes_left: number;
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
  workspace: { name: string; test: boolean };
  level: Level;
  device: string;
  begun_at: string;
  expires_at: string; // until then a number may be picked
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
  kept: { issued_days: number; abandoned_days: number };
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
    document_number?: string | null; // where certificates carry it
  } | null;
  // whether a key may be brought, changed or taken back now
  own_key_open: boolean;
  own_key: BroughtKey | null;
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

// Passkeys: credential ids, challenges and signatures are base64url.

export interface Passkey {
  id: string;
  name: string;
  fingerprint: string;
  created_at: string;
  used_at: string | null;
}

export interface EnrolmentWish {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; display_name: string };
  exclude: string[];
  algorithms: number[];
}

export interface AssertionWish {
  challenge: string;
  rp_id: string;
  allow: string[];
}

export type Answer = "yes" | "no" | "unsure";
export type Source = Side | "face" | "document" | "compared";
export type FilmPart = "face" | "document" | "compared";
export type Outcome = "approved" | "refused" | "redo" | "second_needed";

export interface ReviewItem {
  id: string;
  level: Level;
  workspace: { name: string; test: boolean };
  opened_at: string;
  why: string | null;
  mine: boolean;
  second: boolean;
}

// The pictures and films of the case after the one that is open.
export interface Ahead {
  id: string;
  attempt: number;
  pictures: { side: Side; still: string }[];
  films: { part: FilmPart; url: string }[];
}

export interface ReviewQueue extends Page<ReviewItem> {
  waiting: number;
  oldest_at: string | null;
  lock_seconds: number; // a case is held for so long after the last act
}

// In pixels of the picture.
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Span {
  from_ms: number;
  to_ms: number;
}

export interface Verdict {
  name: string;
  title: string;
  strength?: "strong" | "weak";
  verdict: "pass" | "warn" | "fail" | "unsure";
  value: number | null;
  threshold: number | null;
  source?: Source | null;
  side: Side | null;
  box: Box | null;
  span?: Span | null;
  reason: string | null;
  explanation: string | null;
}

export interface Asked {
  name: string;
  title: string;
  asked_ms: number;
  shown_ms: number;
}

export interface Happened extends Span {
  name: string;
  source: Source;
}

export interface Opinion {
  document: Answer;
  face: Answer;
  liveness: Answer | "none";
  at?: string;
}

export const SOURCES = ["declared", "printed", "mrz", "barcode", "shown"] as const;
export type Reading = (typeof SOURCES)[number];
export interface FieldPlace {
  source: "printed" | "mrz";
  side: Side;
  box: { x: number; y: number; width: number; height: number }; // in pixels of its picture
}
export type ReviewField = { name: string; places?: FieldPlace[] } & { [one in Reading]?: string | null };

export interface Earlier {
  id: string;
  same: "document" | "person" | "picture";
  state: State;
  created_at: string;
  can_open: boolean; // else it is one's own, or of one's workspace
}

export interface EarlierCase {
  id: string;
  level: Level;
  state: State;
  created_at: string;
  declared: { fullname: string; country: string; kind: string };
  pictures: { side: Side; still: string }[];
  films: { part: FilmPart; url: string }[];
  fields: ReviewField[];
}

export type Machine = "accepts" | "doubts" | "refuses";

// What is below the opinion is missing until it was given.
export interface Review {
  id: string;
  level: Level;
  workspace: { name: string; test: boolean };
  opened_at: string;
  why: string | null;
  attempt: number;
  locked_seconds: number; // for so long without an act of its operator
  second: { needed: boolean; why: string | null };
  declared: {
    fullname: string | null;
    country: string | null;
    kind: string | null;
  };
  document: { country: string; kind: string; models: DocumentModel[] } | null;
  pictures: { side: Side; still: string }[];
  // where they stand on the front, in pixels of its picture
  faces: { mark: "portrait" | "ghost"; side: Side; box: NonNullable<Verdict["box"]> }[];
  films: { part: FilmPart; url: string }[];
  challenge: { face?: Asked[]; document?: Asked[] } | null;
  fields: ReviewField[];
  earlier: Earlier[];
  own_key: BroughtKey | null;
  opinion: Opinion | null;
  verdicts?: Verdict[];
  events?: Happened[];
  remarks?: { part: FilmPart; words: string[]; told: number }[];
  machine?: Machine;
}

// A key that the participant brought; sha256: of its SubjectPublicKeyInfo.
export interface BroughtKey {
  algorithm: string;
  sha256: string;
}

export interface Approval {
  registration: string;
  workspace: string;
  requested_by: string | null; // nobody is named
  address: string; // digest of the participant's mail address
  withdrawal: string | null; // the signer's mark of the last one
  digest: string;
  rp_id: string;
  allow: string[];
  subject: {
    given_names: string;
    surname: string;
    common_name: string;
    country: string;
    person_serial: string;
  };
  level: Level;
  profile: string;
  evidence: string;
  own_key: BroughtKey | null;
  decision: string;
  needed: number;
  attempt: number;
  made_at: number;
}

export interface Figures {
  queue: {
    waiting: number;
    stranded: number;
    oldest_seconds: number | null;
    median_wait_seconds: number | null;
  };
  day: {
    decisions: number;
    approvals: number;
    refusals: number;
    redos: number;
    median_seconds: number | null;
    median_keys: number | null;
  };
  operators: {
    id: string;
    name: string;
    decisions: number;
    agreement: { same: number; of: number };
    draws: { drawn: number; left: number }; // left: neither decided nor held
    // the platform administrator's alone
    planted: {
      caught: number; missed: number; fraud_asked_again: number; // reason_of: caught, and its reason is known
      reason_named: number; reason_of: number;
      accepted: number; falsely_refused: number; genuine_asked_again: number;
    } | null;
    median_seconds: number | null;
  }[];
}

export interface DocumentModel {
  model: string;
  from: string | null;
  format?: string; // of its zone: a row of mrz_formats.def
  qualified?: boolean; // accepted by the qcp levels
  layout?: string;
  source?: string; // the text that says what the model must have
}
