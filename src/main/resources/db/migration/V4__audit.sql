-- The audit: one chain, each row's MAC over the one before, by a key that is not in this database. Rows are added and never
-- changed: triggers refuse it to everybody, and the chain is written by a role that may only insert.

CREATE TABLE audit (
    sequence bigint      PRIMARY KEY CHECK (sequence > 0),
    at       timestamptz NOT NULL CHECK (isfinite(at)),
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
    at     timestamptz NOT NULL CHECK (isfinite(at)),
    kind   text        NOT NULL,
    actor  text        NOT NULL,
    detail text        NOT NULL
);
COMMENT ON TABLE audit_pending IS 'What a transaction leaves to be audited; a gateway moves it into the chain within a second.';

-- Devices are registered in audit_pending from here on. What the version before still writes while it runs beside this one is
-- carried over as it comes.
CREATE FUNCTION device_registration_detail(consent bytea, thumbprint text) RETURNS text LANGUAGE sql AS $$
    SELECT '{"consent":"' || translate(rtrim(encode(consent, 'base64'), '='), '+/', '-_')
        || '","thumbprint":' || to_json(thumbprint) || '}'
$$;
CREATE FUNCTION device_registration_pends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (at, kind, actor, detail) VALUES (
        NEW.registered_at, 'device_registered', NEW.provider, device_registration_detail(NEW.consent, NEW.thumbprint));
    RETURN NULL;
END $$;
INSERT INTO audit_pending (at, kind, actor, detail)
SELECT registered_at, 'device_registered', provider, device_registration_detail(consent, thumbprint)
FROM device_registration ORDER BY id;
CREATE TRIGGER device_registration_pends AFTER INSERT ON device_registration
    FOR EACH ROW EXECUTE FUNCTION device_registration_pends();
COMMENT ON TABLE device_registration IS 'Written by the version before this one; each row is in the audit as well.';

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
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'passgate_audit') THEN
        RAISE NOTICE 'the role passgate_audit is not there: the audit is written by the gateways own role';
        RETURN;
    END IF;
    GRANT INSERT, SELECT ON audit TO passgate_audit;
    GRANT SELECT, UPDATE ON audit_head TO passgate_audit;
    IF NOT has_schema_privilege('passgate_audit', current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO passgate_audit', current_schema());
    END IF;
    BEGIN
        GRANT passgate_audit TO CURRENT_USER;
    EXCEPTION WHEN insufficient_privilege OR invalid_grant_operation OR unique_violation THEN
        RAISE NOTICE 'the role passgate_audit may not be granted: the audit is written by the gateways own role';
    END;
END $$;
