-- Dossiers that were asked for. digest: of the list of their contents, which
-- the signer seals; seal: its answer; refused: why there is none, in words.
-- The files themselves are whoever's who asked.
CREATE TABLE dossiers (
  id TEXT PRIMARY KEY,
  registration TEXT NOT NULL REFERENCES registrations(id),
  member TEXT NOT NULL REFERENCES members(id),
  digest TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL,
  seal BYTEA,
  refused TEXT NOT NULL
);

CREATE INDEX dossiers_by_registration ON dossiers(registration, asked_at);
