-- Proof of life: two recordings an attempt, sent in chunks while they are
-- made; and the hand-over of a session from a desktop to a phone.

-- prompts, asked and shown are words and milliseconds with spaces between
-- them, in the order of the challenge. key is derived, never stored.
-- state: recording, sent (chunks complete), gathered (one piece of evidence
-- now), superseded.
CREATE TABLE takes (
  id TEXT PRIMARY KEY,
  registration TEXT NOT NULL REFERENCES registrations(id),
  attempt INTEGER NOT NULL,
  part TEXT NOT NULL,
  state TEXT NOT NULL,
  prompts TEXT NOT NULL,
  asked TEXT NOT NULL,
  shown TEXT NOT NULL,
  media_type TEXT NOT NULL,
  chunks INTEGER NOT NULL,
  chain TEXT NOT NULL,
  size BIGINT NOT NULL,
  hints TEXT NOT NULL,
  evidence TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX takes_by_registration ON takes(registration, created_at);
CREATE INDEX takes_by_evidence ON takes(evidence);

-- One file in the vault each, under the id, until the clerk has put them
-- together. mac binds it to the take and to the chunk before.
CREATE TABLE chunks (
  take TEXT NOT NULL REFERENCES takes(id),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  mac TEXT NOT NULL,
  sealed_key BYTEA,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (take, position)
);

-- state: open, asked (a phone came and picks a number), taken, ended; why it
-- ended: wrong_number, declined, ended. device is where it was begun, phone
-- what came; choices are three numbers, number the one that is right.
CREATE TABLE handovers (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  generation BIGINT NOT NULL,
  state TEXT NOT NULL,
  number INTEGER NOT NULL,
  choices TEXT NOT NULL,
  device TEXT NOT NULL,
  phone TEXT NOT NULL,
  why TEXT NOT NULL,
  slot BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
