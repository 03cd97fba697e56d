-- The issuing side: what is recorded of holders, what they consented to, and what was issued of it.
-- A holder is known by an HMAC only, whose key is not in this database.

CREATE TABLE record (
    id        bigint   GENERATED ALWAYS AS IDENTITY UNIQUE,
    registrar text     NOT NULL,
    reference text     NOT NULL,
    revision  integer  NOT NULL,
    digest    bytea    NOT NULL CHECK (length(digest) = 16),
    holder    bytea    CHECK (length(holder) = 32),
    kind      smallint NOT NULL,
    product   text,
    dose      smallint,
    total     smallint,
    day       date,
    until_day date,
    at        timestamptz,
    type      text,
    result    text,
    country   text,
    year      smallint,
    PRIMARY KEY (registrar, reference),
    CHECK ((holder IS NULL) = (kind = 0))
);
COMMENT ON TABLE record IS 'One row a record, in its newest revision; a deleted one keeps its number only.';
COMMENT ON COLUMN record.kind IS '0 deleted, 1 immunization, 2 recovery, 3 test, 4 exemption, 5 birth year';
COMMENT ON COLUMN record.digest IS 'Of the content: tells a repeated request from two of one revision.';
CREATE INDEX record_holder ON record (holder) WHERE holder IS NOT NULL;

CREATE TABLE consent (
    id           bytea       PRIMARY KEY CHECK (length(id) = 16),
    provider     text        NOT NULL,
    holder       bytea       NOT NULL CHECK (length(holder) = 32),
    scope        smallint    NOT NULL,
    given_at     timestamptz NOT NULL,
    withdrawn_at timestamptz,
    device       bytea       CHECK (length(device) = 64),
    UNIQUE (provider, holder),
    CHECK (withdrawn_at IS NULL OR scope = 0)
);
COMMENT ON COLUMN consent.scope IS 'Bits: 1 vaccinations, 2 recoveries, 4 tests, 8 exemptions, 16 age band; 0 entry only';
COMMENT ON COLUMN consent.device IS 'x and y of the P-256 key of the holder''s phone';

CREATE TABLE device_registration (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider      text        NOT NULL,
    consent       bytea       NOT NULL,
    thumbprint    text        NOT NULL,
    registered_at timestamptz NOT NULL
);
COMMENT ON COLUMN device_registration.thumbprint IS 'RFC 7638';
COMMENT ON TABLE device_registration IS 'Every registration, to audit: a provider could register a key of its own.';
CREATE INDEX device_registration_consent ON device_registration (consent);

CREATE TABLE certificate (
    id         bytea       PRIMARY KEY CHECK (length(id) = 16),
    consent    bytea       NOT NULL REFERENCES consent,
    record     bigint      NOT NULL REFERENCES record (id),
    shown      smallint    NOT NULL,
    uci_hash   bytea       NOT NULL CHECK (length(uci_hash) = 16),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
COMMENT ON TABLE certificate IS 'What it takes to revoke a wallet certificate; nothing of what is in it.';
CREATE INDEX certificate_consent ON certificate (consent) WHERE revoked_at IS NULL;
CREATE INDEX certificate_record ON certificate (record) WHERE revoked_at IS NULL;
CREATE INDEX certificate_expires_at ON certificate (expires_at);

CREATE TABLE tag_key (
    day    date  PRIMARY KEY,
    sealed bytea NOT NULL
);
COMMENT ON TABLE tag_key IS 'A random key a day, sealed by a key that is not in this database; deleted when the day is over.';
