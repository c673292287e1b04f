-- The first tables. Text ids made by us, times as BIGINT milliseconds UTC,
-- booleans as INTEGER 0/1, bytes as BYTEA (SQLite keeps them as they are).
-- Folded columns are written by us: no engine folds a text for us.

CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  test INTEGER NOT NULL,
  lcp_review TEXT NOT NULL,
  language TEXT NOT NULL,
  contact TEXT NOT NULL,
  redirect_origins TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE features (
  workspace TEXT NOT NULL REFERENCES workspaces(id),
  name TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (workspace, name)
);

-- workspace is '' for platform roles
CREATE TABLE members (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  failures INTEGER NOT NULL,
  locked_until BIGINT NOT NULL,
  training_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
  token_digest TEXT PRIMARY KEY,
  member TEXT NOT NULL REFERENCES members(id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces(id),
  name TEXT NOT NULL,
  key_digest TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);

CREATE TABLE registrations (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces(id),
  level TEXT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  fullname TEXT NOT NULL,
  fullname_type TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_type TEXT NOT NULL,
  language TEXT NOT NULL,
  redirect_url TEXT NOT NULL,
  metadata TEXT NOT NULL,
  link_by_mail INTEGER NOT NULL,
  requested_by TEXT NOT NULL,
  requested_by_name TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  turned_back INTEGER NOT NULL,
  given_names TEXT NOT NULL,
  surname TEXT NOT NULL,
  nationality TEXT NOT NULL,
  person_serial TEXT NOT NULL,
  asked_a_person INTEGER NOT NULL,
  confirmed_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  state_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX registrations_by_time ON registrations(workspace, created_at, id);
CREATE INDEX registrations_by_email
  ON registrations(workspace, email_folded, level, state);
CREATE INDEX registrations_by_expiry ON registrations(state, expires_at);

-- One open registration for an e-mail and level in a workspace, whatever
-- two requests at the same instant try.
CREATE UNIQUE INDEX registrations_open
  ON registrations(workspace, email_folded, level)
  WHERE state IN ('created', 'opened', 'collecting', 'checking',
    'action_required', 'in_review', 'approved');

CREATE TABLE steps (
  registration TEXT NOT NULL REFERENCES registrations(id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  position INTEGER NOT NULL,
  at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (registration, name)
);

-- The code itself is never stored: it is an HMAC of this row's numbers.
CREATE TABLE codes (
  registration TEXT NOT NULL REFERENCES registrations(id),
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  number BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  window_start BIGINT NOT NULL,
  sent_in_window INTEGER NOT NULL,
  PRIMARY KEY (registration, channel)
);

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reasons TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  sealed_key BYTEA,
  created_at BIGINT NOT NULL
);

CREATE INDEX evidence_by_registration ON evidence(registration, created_at);

CREATE TABLE findings (
  evidence TEXT NOT NULL REFERENCES evidence(id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  PRIMARY KEY (evidence, position)
);

-- value and threshold are NULL where nothing is measured
CREATE TABLE verdicts (
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  value DOUBLE PRECISION,
  threshold DOUBLE PRECISION,
  side INTEGER NOT NULL,
  x INTEGER NOT NULL,
  y INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  reason TEXT NOT NULL,
  explanation TEXT NOT NULL,
  PRIMARY KEY (registration, attempt, name)
);

CREATE TABLE reviews (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  why TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decision TEXT NOT NULL,
  reasons TEXT NOT NULL,
  note TEXT NOT NULL
);

CREATE TABLE certificates (
  id TEXT PRIMARY KEY,
  registration TEXT NOT NULL UNIQUE REFERENCES registrations(id),
  workspace TEXT NOT NULL REFERENCES workspaces(id),
  level TEXT NOT NULL,
  rank INTEGER NOT NULL,
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  fullname TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  phone TEXT NOT NULL,
  person_serial TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  der BYTEA NOT NULL,
  fingerprint TEXT NOT NULL,
  key_blob BYTEA,
  revoked_at BIGINT NOT NULL,
  reason INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (issuer, serial)
);

CREATE INDEX certificates_by_email ON certificates(email_folded);
CREATE INDEX certificates_by_time ON certificates(workspace, created_at, id);

CREATE TABLE ocsp_answers (
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  response BYTEA NOT NULL,
  next_update BIGINT NOT NULL,
  PRIMARY KEY (issuer, serial)
);

CREATE TABLE crls (
  issuer TEXT NOT NULL,
  number BIGINT NOT NULL,
  der BYTEA NOT NULL,
  this_update BIGINT NOT NULL,
  next_update BIGINT NOT NULL,
  PRIMARY KEY (issuer, number)
);

CREATE TABLE ca_certificates (
  name TEXT PRIMARY KEY,
  der BYTEA NOT NULL
);

-- HMACs that recognise the same document or person again, not the data.
CREATE TABLE person_digests (
  registration TEXT NOT NULL REFERENCES registrations(id),
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (registration, kind)
);

CREATE INDEX person_digests_by_digest ON person_digests(digest);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (name, subject)
);

CREATE INDEX jobs_by_time ON jobs(run_at);

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  registration TEXT NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  failed_at BIGINT NOT NULL
);

CREATE INDEX messages_by_registration ON messages(registration, created_at);

CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  evidence_digest TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX audit_by_subject ON audit(subject, seq);

CREATE TABLE idempotency (
  workspace TEXT NOT NULL,
  key TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, key)
);
