-- The audit: one chain, each row's MAC over the one before, by a key that is not in this database. Rows are added and never
-- changed: triggers refuse it to everybody, and the chain is written by a role that may only insert.

CREATE TABLE audit (
    sequence bigint      PRIMARY KEY,
    at       timestamptz NOT NULL,
    kind     text        NOT NULL,
    actor    text        NOT NULL,
    detail   text        NOT NULL,
    mac      bytea       NOT NULL CHECK (length(mac) = 32)
);

CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint  NOT NULL,
    mac      bytea   NOT NULL CHECK (length(mac) = 32)
);
INSERT INTO audit_head (sequence, mac) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE audit_pending (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL,
    kind   text        NOT NULL,
    actor  text        NOT NULL,
    detail text        NOT NULL
);
COMMENT ON TABLE audit_pending IS 'What a transaction leaves to be audited; a gateway moves it into the chain within a second.';

INSERT INTO audit_pending (at, kind, actor, detail)
SELECT registered_at, 'device_registered', provider,
       json_build_object('consent', translate(rtrim(encode(consent, 'base64'), '='), '+/', '-_'), 'thumbprint', thumbprint)::text
FROM device_registration ORDER BY id;
COMMENT ON TABLE device_registration IS 'Written by the version before this one; now in the audit.';

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to';
END $$;
CREATE TRIGGER audit_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Roles belong to all databases of a server: another one, or another gateway just now, may have made it.
DO $$
BEGIN
    CREATE ROLE passgate_audit NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
    NULL;
END $$;
DO $$
BEGIN
    GRANT INSERT, SELECT ON audit TO passgate_audit;
    GRANT SELECT, UPDATE ON audit_head TO passgate_audit;
    GRANT passgate_audit TO CURRENT_USER;
EXCEPTION WHEN undefined_object OR insufficient_privilege OR invalid_grant_operation THEN
    RAISE NOTICE 'the role passgate_audit is not there, or may not be granted: the audit is written by the gateways own role';
END $$;
