-- When what an operator signs was drawn up; 0: not yet. The same for all who
-- sign it.
ALTER TABLE reviews ADD COLUMN offered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE approvals ADD COLUMN made_at BIGINT NOT NULL DEFAULT 0;

-- Approvals that count no more: those drawn up until then. told_until: what
-- the signer has been told of it.
CREATE TABLE withdrawals (
  registration TEXT PRIMARY KEY REFERENCES registrations(id),
  until_at BIGINT NOT NULL,
  told_until BIGINT NOT NULL
);

-- An administrator's word that somebody may make the first passkey: one code
-- for a member, of which only the digest is kept.
CREATE TABLE enrolment_codes (
  member TEXT PRIMARY KEY REFERENCES members(id),
  digest TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
