-- What a known fraud is to be refused for: a reason of those that are never
-- told outside; empty: nothing was said.
ALTER TABLE planted_cases ADD COLUMN reason TEXT NOT NULL DEFAULT '';
