-- Operators: passkeys, locks on cases, opinions, decisions, approvals, and
-- how well they work.

-- id is the credential's, base64url; public_key a SubjectPublicKeyInfo
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL REFERENCES members(id),
  name TEXT NOT NULL,
  public_key BYTEA NOT NULL,
  counter BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);

CREATE INDEX passkeys_by_member ON passkeys(member);

-- Random, one-time: for enrolment and sign-in. An approval's challenge is
-- the digest of what is approved and needs no row.
CREATE TABLE passkey_challenges (
  challenge TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  purpose TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- How a session was proven: password, or also a passkey.
ALTER TABLE sessions ADD COLUMN passkey_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE review_locks (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  operator TEXT NOT NULL UNIQUE,
  opened_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

-- An operator's own, before the machine's scores are shown. Each of the
-- three is yes, no or unsure; liveness is none where nothing was recorded.
CREATE TABLE opinions (
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  operator TEXT NOT NULL,
  document TEXT NOT NULL,
  face TEXT NOT NULL,
  liveness TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (registration, attempt, operator)
);

-- Every decision of every operator, also those that a second one overrules.
-- second: made as the second operator. keys: pressed while the case was open.
CREATE TABLE decisions (
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  operator TEXT NOT NULL,
  decision TEXT NOT NULL,
  reasons TEXT NOT NULL,
  steps TEXT NOT NULL,
  note TEXT NOT NULL,
  second INTEGER NOT NULL,
  machine TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  keys INTEGER NOT NULL,
  PRIMARY KEY (registration, attempt, operator)
);

CREATE INDEX decisions_by_time ON decisions(at);

-- WebAuthn assertions over the digest of what is approved, as they came; the
-- signer verifies them again.
CREATE TABLE approvals (
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  operator TEXT NOT NULL,
  credential TEXT NOT NULL,
  authenticator_data BYTEA NOT NULL,
  client_data BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  needed INTEGER NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (registration, attempt, operator)
);

-- Known cases among the real ones. truth: genuine or fraud; what an operator
-- sees does not tell.
CREATE TABLE planted_cases (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  truth TEXT NOT NULL,
  planted_at BIGINT NOT NULL
);

-- A second operator is needed: failed_check, sample or fraud.
ALTER TABLE reviews ADD COLUMN second TEXT NOT NULL DEFAULT '';

-- Where in a recording a check looked; both 0: nowhere.
ALTER TABLE verdicts ADD COLUMN from_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE verdicts ADD COLUMN to_ms BIGINT NOT NULL DEFAULT 0;
