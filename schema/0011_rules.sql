-- A registration that replaces a certificate whose PIN is forgotten or blocked:
-- that one is revoked when the new one is there.
ALTER TABLE renewals ADD COLUMN replaces BIGINT NOT NULL DEFAULT 0;
