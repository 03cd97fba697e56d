-- A kind of signer is data: which there are is known to the formats, and the table only to their form.
-- Rows from before are not looked at: a name of another form never verified anything, and is passed over.

ALTER TABLE signer DROP CONSTRAINT signer_kind_check;
ALTER TABLE signer DROP CONSTRAINT signer_check;
ALTER TABLE signer ADD CONSTRAINT signer_kind_form CHECK (kind ~ '^[a-z][a-z0-9-]{0,15}$') NOT VALID;
ALTER TABLE signer ADD CONSTRAINT signer_provider_form CHECK (provider ~ '^[a-z][a-z0-9-]{0,15}$') NOT VALID;
COMMENT ON COLUMN signer.kind IS 'The code of its kind, as the format names it that it signs.';
COMMENT ON COLUMN signer.provider IS 'Whose payloads it signs; null where its kind knows no parties.';
