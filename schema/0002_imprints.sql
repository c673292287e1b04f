-- Perceptual hashes by which a picture that was shown before is recognised.
-- They say nothing of what the picture shows.
CREATE TABLE imprints (
  registration TEXT NOT NULL REFERENCES registrations(id),
  kind TEXT NOT NULL,
  imprint TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (registration, kind)
);

CREATE INDEX imprints_by_time ON imprints(created_at);
