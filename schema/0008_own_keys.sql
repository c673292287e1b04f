-- A key that a participant brought: their PKCS#10 request as it was checked,
-- and the SHA-256 of its SubjectPublicKeyInfo, in hex. One a registration; the
-- certificate's key is in the certificate.
CREATE TABLE own_keys (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  request BYTEA NOT NULL,
  sha256 TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
