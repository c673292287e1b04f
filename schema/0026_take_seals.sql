-- What was asked in a take, and when, sealed by web as it asks, under a key
-- that is not in the database: hex of an HMAC. Takes from before have none and
-- are made again unless they were read already.
ALTER TABLE takes ADD COLUMN seal TEXT NOT NULL DEFAULT '';
