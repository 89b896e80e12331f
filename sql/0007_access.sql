-- Who may do what: API keys, the audit log, the erasure of personal data, and what the app may do only through a function of the owner.

-- API keys. The secret is shown once and never stored: it has 256 random bits, so that one SHA-256 is as good as a slow hash.
CREATE TABLE api_keys (
    id text PRIMARY KEY,                    -- in clear in the key: by it the hash to compare with is found
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    owner text NOT NULL,
    role text NOT NULL CHECK (role IN ('client', 'operator', 'researcher')),
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz,                 -- null: never; a rotation brings it nearer
    revoked_at timestamptz,
    replaced_by text REFERENCES api_keys,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- Gateways ask what has changed since they last asked.
CREATE INDEX api_keys_changed ON api_keys (changed_at);

-- What is revoked stays revoked, whatever the app asks for, and a key never changes hands.
CREATE FUNCTION api_keys_guard() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
        RAISE EXCEPTION 'A key that was revoked stays revoked.';
    END IF;
    IF (NEW.id, NEW.hash, NEW.owner, NEW.role) IS DISTINCT FROM (OLD.id, OLD.hash, OLD.owner, OLD.role) THEN
        RAISE EXCEPTION 'A key''s owner, role and secret do not change.';
    END IF;
    NEW.changed_at := clock_timestamp();
    RETURN NEW;
END
$body$;
CREATE TRIGGER api_keys_guard BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION api_keys_guard();

-- What operators did and were refused. Append-only: rows come through audit_append alone, which chains them.
CREATE TABLE audit_log (
    number bigint PRIMARY KEY,              -- from 1, without a gap
    at timestamptz NOT NULL,
    about bigint REFERENCES audit_log,      -- of an outcome: the row that was written before the action
    who text NOT NULL,
    key_id text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    outcome text NOT NULL,                  -- begun, done, failed, unknown, refused
    detail text NOT NULL,
    hash bytea NOT NULL
);

-- Where the chain ends; its lock puts writers in a row.
CREATE TABLE audit_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),   -- there is one row
    number bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO audit_head (number, hash) VALUES (0, sha256('audit'));

-- What is hashed: previous hash (32 bytes), number (8 bytes, big endian), and each text as its length in bytes (4 bytes, big endian) and its UTF-8
-- bytes: time (UTC, microseconds), about ('' for none), who, key_id, role, action, target, outcome, detail.
CREATE FUNCTION audit_hash(previous bytea, number bigint, VARIADIC texts text[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
DECLARE
    content bytea := previous || int8send(number);
    part text;
BEGIN
    FOREACH part IN ARRAY texts LOOP
        content := content || int4send(octet_length(part)) || convert_to(part, 'UTF8');
    END LOOP;
    RETURN sha256(content);
END
$body$;

-- Appends rows in their order and gives their numbers. Runs with its owner's rights: the app can append, and do nothing else to the table.
CREATE FUNCTION audit_append(about bigint[], who text[], key_id text[], role text[], action text[], target text[], outcome text[], detail text[])
RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    head audit_head;
    moment timestamptz;
    numbers bigint[] := '{}';
BEGIN
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    moment := date_trunc('microseconds', clock_timestamp());
    FOR i IN 1 .. cardinality(who) LOOP
        head.number := head.number + 1;
        head.hash := audit_hash(
            head.hash, head.number, to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), coalesce(about[i]::text, ''),
            who[i], key_id[i], role[i], action[i], target[i], outcome[i], detail[i]);
        INSERT INTO audit_log VALUES (
            head.number, moment, about[i], who[i], key_id[i], role[i], action[i], target[i], outcome[i], detail[i], head.hash);
        numbers := numbers || head.number;
    END LOOP;
    UPDATE audit_head SET number = head.number, hash = head.hash;
    RETURN numbers;
END
$body$;
REVOKE ALL ON FUNCTION audit_append(bigint[], text[], text[], text[], text[], text[], text[], text[]) FROM PUBLIC;

-- A guest's reservation, so that his data can be found and erased by his id; the row stays, without the data.
ALTER TABLE guests ADD COLUMN reservation uuid, ADD COLUMN erased_at timestamptz;
UPDATE guests g SET reservation = r.id FROM reservations r WHERE (r.view::jsonb ->> 'guestId')::uuid = g.id;

-- Ends the sessions whose transaction holds back the log's readers for longer than that; see HorizonWatchdog. Only its owner sees and ends the
-- sessions of all, and the app needs no such right for anything else.
CREATE FUNCTION end_old_transactions(oldest interval)
RETURNS TABLE (pid integer, database text, application text, state text, seconds float8, ended boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    SELECT a.pid, a.datname::text, a.application_name, a.state, extract(epoch FROM clock_timestamp() - a.xact_start)::float8, pg_terminate_backend(a.pid)
    FROM pg_stat_activity a
    WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
        AND (a.backend_xid IS NOT NULL OR (a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - oldest))
        AND a.xact_start < clock_timestamp() - oldest
$body$;
REVOKE ALL ON FUNCTION end_old_transactions(interval) FROM PUBLIC;

-- Age of the oldest transaction that holds readers back, in seconds; sessions of other roles tell it to nobody but their owner.
CREATE FUNCTION horizon_seconds() RETURNS float8
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(xact_start)), 0)::float8 FROM pg_stat_activity WHERE backend_xid IS NOT NULL
$body$;
