-- The log shows when it was changed: each event carries a hash over its predecessor's and its own content. `travelhub log verify` checks it.

-- What is hashed: previous hash (32 bytes), version (8 bytes, big endian), type and payload, each as its length in bytes (4 bytes, big endian)
-- and its UTF-8 bytes. The lengths make it unambiguous. append_id, recorded_at, transaction and position are left out: they say how and when
-- an event was written, not what happened, and transaction is rewritten when a backup is restored.
-- The state is null at a stream's first event of a call; the chain then goes on from "before".
CREATE FUNCTION event_hash(state bytea, before bytea, version bigint, type text, payload text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN
    RETURN sha256(coalesce(state, before) || int8send(version)
        || int4send(octet_length(type)) || convert_to(type, 'UTF8')
        || int4send(octet_length(payload)) || convert_to(payload, 'UTF8'));
END
$body$;

-- Hashes a stream's events one after the other: over a window ordered by version it gives each event's hash.
CREATE AGGREGATE event_chain(before bytea, version bigint, type text, payload text) (SFUNC = event_hash, STYPE = bytea);

-- What a stream's first event is chained to: no stream's events pass for another's.
CREATE FUNCTION stream_seed(stream text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN
    RETURN sha256(convert_to(stream, 'UTF8'));
END
$body$;

-- The head knows the hash of its last event, so that an append needs no look at the events themselves.
ALTER TABLE reservation_events ADD COLUMN hash bytea;
ALTER TABLE stream_heads ADD COLUMN hash bytea;

-- Events of before are chained as they stand now: the chain vouches for them from this moment on, not for what was done to them earlier.
-- ALTER TABLE has locked both tables until this script commits.
UPDATE reservation_events e SET hash = chained.hash
FROM (
    SELECT stream, version, event_chain(stream_seed(stream), version, type, payload) OVER (PARTITION BY stream ORDER BY version) AS hash
    FROM reservation_events
) AS chained
WHERE chained.stream = e.stream AND chained.version = e.version;

UPDATE stream_heads h SET hash = coalesce(
    (SELECT e.hash FROM reservation_events e WHERE e.stream = h.stream ORDER BY version DESC LIMIT 1), stream_seed(h.stream));

-- A silo of an older build, which knows no hashes, cannot append any more.
ALTER TABLE reservation_events ALTER COLUMN hash SET NOT NULL;
ALTER TABLE stream_heads ALTER COLUMN hash SET NOT NULL;

-- Transaction ids do not survive dump and restore. A reader keeps the epoch beside its cursor (transaction, position); when it finds another
-- one here it starts from the beginning.
CREATE TABLE log_epoch (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),   -- there is one row
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    started_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO log_epoch DEFAULT VALUES;
