-- Who has approved that evidence of one class is destroyed after so long
-- (ETSI EN 319 401, dual control). digest: of the rule as it was then; entry:
-- in the journal; seal: by a key that the database does not hold.
CREATE TABLE retention_approvals (
  digest TEXT NOT NULL,
  member TEXT NOT NULL REFERENCES members(id),
  rule TEXT NOT NULL,
  approved_at BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  seal TEXT NOT NULL,
  PRIMARY KEY (digest, member)
);

-- What is past its time and waits for an approval, by the last look.
CREATE TABLE retention_waiting (
  rule TEXT PRIMARY KEY,
  pieces BIGINT NOT NULL,
  since BIGINT NOT NULL,
  looked_at BIGINT NOT NULL
);
