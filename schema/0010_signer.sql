-- How the clerk met the signer when it last asked, in one row, for who looks
-- after the service: 0 well, 1 slow, 2 failing; since when; how long its last
-- answer took, in milliseconds; and the signer's own words when it failed.
CREATE TABLE signer_met (
  id INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  since BIGINT NOT NULL,
  took BIGINT NOT NULL,
  what TEXT NOT NULL
);

-- All that the ledger held when it was last compared, for a ledger that is put
-- back alone and lacks no certificate: 0 and empty when that is not known.
ALTER TABLE ledger_seen ADD COLUMN held_entries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ledger_seen ADD COLUMN held_head TEXT NOT NULL DEFAULT '';
