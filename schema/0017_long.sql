-- What the hourly look for evidence to destroy walks along, a page at a time:
-- that which still has a key.
CREATE INDEX evidence_kept ON evidence(id) WHERE sealed_key IS NOT NULL;
