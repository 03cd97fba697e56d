-- The entry log in split custody: a visit, and a pass id that only its provider can resolve. Partitions are made and dropped
-- day by day by the gateways; each has a unique index on entry_id and an index on pass_id.

CREATE TABLE entry_log (
    day      date        NOT NULL,
    entry_id uuid        NOT NULL,
    facility text        NOT NULL,
    provider text        NOT NULL,
    pass_id  uuid        NOT NULL,
    at       timestamptz NOT NULL
) PARTITION BY RANGE (day);
COMMENT ON TABLE entry_log IS 'Kept for 28 days. Nothing in it tells who it was; of passes their provider knows, of wallet certificates nobody.';
COMMENT ON COLUMN entry_log.entry_id IS 'A hash of the request that made it: the same request asked again makes no second one.';
CREATE INDEX entry_log_at ON entry_log USING brin (at);

CREATE TABLE fallback_use (
    key        uuid        PRIMARY KEY,
    entry_id   uuid        NOT NULL,
    kept_until timestamptz NOT NULL
);
COMMENT ON TABLE fallback_use IS 'Who used a pass while Redis was out of reach; for as long as the pass can be shown.';
