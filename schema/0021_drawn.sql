-- How many of the cases that operators were given they left undecided is
-- counted from the journal, of which these rows are a small part.
CREATE INDEX audit_taken ON audit(at) WHERE act = 'review.taken';
