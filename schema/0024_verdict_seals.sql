-- What the clerk judged of an attempt, sealed with a key that is not in the
-- database: hex of an HMAC. Attempts from before have none.
CREATE TABLE verdict_seals (
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  seal TEXT NOT NULL,
  PRIMARY KEY (registration, attempt)
);
