-- The end of a certificate and what follows it.

-- Which notice of its end was given; days 0: it has ended.
CREATE TABLE expiry_notices (
  certificate TEXT NOT NULL REFERENCES certificates(id),
  days INTEGER NOT NULL,
  told_at BIGINT NOT NULL,
  PRIMARY KEY (certificate, days)
);

CREATE INDEX certificates_by_end ON certificates(not_after);

-- A registration that came through a renewal link. own_serial is the
-- subject's serialNumber it has when its person proves to be another one.
CREATE TABLE renewals (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  certificate TEXT NOT NULL REFERENCES certificates(id),
  own_serial TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE INDEX renewals_by_certificate ON renewals(certificate, created_at);

-- Who was approved: a keyed digest of names and birth date, '' when the zone
-- told none for certain. Kept for ever: it says to whom a name may be given
-- again (EN 319 411-1 GEN-6.3.3-10).
CREATE TABLE holders (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  person TEXT NOT NULL
);
