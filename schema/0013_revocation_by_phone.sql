-- Who has no mailbox any more revokes by the phone number: found without
-- reading all certificates.
CREATE INDEX certificates_by_phone ON certificates(phone) WHERE phone <> '';
