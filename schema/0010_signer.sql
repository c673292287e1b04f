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
