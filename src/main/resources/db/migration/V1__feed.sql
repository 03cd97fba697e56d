-- What every gateway has to know: signers, revocations, clients, and the order in which they changed.
-- A change takes its sequence number under the lock of feed_head's one row, in the transaction that makes it.

CREATE TABLE feed_head (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch    bigint  NOT NULL,
    sequence bigint  NOT NULL,
    digest   bytea   NOT NULL CHECK (length(digest) = 32)
);
COMMENT ON TABLE feed_head IS 'The last change. The epoch is raised when a restored database is declared to be the truth.';
COMMENT ON COLUMN feed_head.digest IS 'SHA-256 of the digest before it and of the change: two histories never share one.';

INSERT INTO feed_head (epoch, sequence, digest) VALUES (1, 0, sha256(gen_random_uuid()::text::bytea));

CREATE TABLE feed_change (
    sequence   bigint      PRIMARY KEY,
    changed_at timestamptz NOT NULL,
    content    bytea       NOT NULL,
    digest     bytea       NOT NULL CHECK (length(digest) = 32)
);
COMMENT ON TABLE feed_change IS 'The outbox: what is published, and what a gateway with a gap catches up from.';

CREATE TABLE signer (
    id           text        PRIMARY KEY,
    kid          bytea       NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('dcc', 'pass')),
    provider     text        CHECK ((provider IS NOT NULL) = (kind = 'pass')),
    public_key   bytea       NOT NULL,
    usages       text[]      NOT NULL,
    not_before   timestamptz,
    not_after    timestamptz,
    country      text,
    organization text,
    subject      text
);
CREATE INDEX signer_kid ON signer (kid);

CREATE TABLE revocation (
    id         bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    hash       bytea       NOT NULL CHECK (length(hash) = 16),
    kind       smallint    NOT NULL,
    kid        bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (hash, kind, kid)
);
COMMENT ON COLUMN revocation.kind IS '0 signature, 1 UCI, 2 country code and UCI';
COMMENT ON COLUMN revocation.kid IS 'Empty: the certificates of any KID.';
CREATE INDEX revocation_expires_at ON revocation (expires_at);

CREATE TABLE client_token (
    sha256     bytea       PRIMARY KEY CHECK (length(sha256) = 32),
    name       text        NOT NULL,
    role       text        NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX client_token_name ON client_token (name);
