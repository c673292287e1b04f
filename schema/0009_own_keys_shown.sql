-- What kind of key a participant brought, in words: at qcp an operator sees it
-- before they sign for it.
ALTER TABLE own_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT '';
