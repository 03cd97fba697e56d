-- Which secrets the content of this database was made with: enough to tell another one, and nothing that tells a secret.
-- The first gateway with a secret leaves its fingerprint; `passgate secrets adopt` puts another in its place.

CREATE TABLE secret_fingerprint (
    purpose     text  PRIMARY KEY,
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 16)
);
COMMENT ON COLUMN secret_fingerprint.purpose IS 'pepper or audit';
COMMENT ON COLUMN secret_fingerprint.fingerprint IS
    'HMAC-SHA-256 under the secret of "passgate fingerprint " and the purpose, its first 16 bytes';
