-- The case that an operator gets after the one they have: drawn while they
-- decide, so that its pictures can be fetched. No lock: another operator may
-- take it meanwhile.
CREATE TABLE review_aheads (
  operator TEXT PRIMARY KEY,
  registration TEXT NOT NULL REFERENCES registrations(id),
  drawn_at BIGINT NOT NULL
);
