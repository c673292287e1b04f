-- What the inspector found in one piece of evidence, sealed with a key that is
-- not in the database: hex of an HMAC. Evidence read before has none.
CREATE TABLE finding_seals (
  evidence TEXT PRIMARY KEY REFERENCES evidence(id),
  seal TEXT NOT NULL
);
