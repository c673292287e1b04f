-- How far this database knows the signer's ledger, in one row: the ledger's
-- length and digest after the last certificate or revocation stored here.
-- apart_since is 0 while they agree; else what is not explained stands beside
-- it until paraph ca reconcile has brought them together.
CREATE TABLE ledger_seen (
  id INTEGER PRIMARY KEY,
  entries BIGINT NOT NULL,
  head TEXT NOT NULL,
  compared_at BIGINT NOT NULL,
  apart_since BIGINT NOT NULL,
  unknown_issued BIGINT NOT NULL,
  unknown_revoked BIGINT NOT NULL,
  strange INTEGER NOT NULL
);

-- Lists and renewed answers are made of a few rows among many.
CREATE INDEX certificates_revoked ON certificates(issuer, revoked_at, id)
  WHERE revoked_at <> 0;
CREATE INDEX ocsp_answers_by_end ON ocsp_answers(next_update);
