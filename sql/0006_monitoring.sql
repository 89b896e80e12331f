-- Who lives, as those tell who look, and which silos an operator wants away. Each start of a cluster from cold has an id of its own, and begins here
-- with nothing known and every silo wanted.

-- What an operator asked of a silo; one without a row is wanted. Whoever supervises silos leaves alone what is not.
CREATE TABLE silo_wishes (
    cluster_id text NOT NULL,
    silo text NOT NULL,
    is_wanted boolean NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    asked_by text NOT NULL,
    PRIMARY KEY (cluster_id, silo)
);

-- The last sign of life of each component: a heartbeat as it was seen by each who exercises it, or an echo of a ping. Times are this server's.
CREATE TABLE beats (
    cluster_id text NOT NULL,
    component text NOT NULL,
    detector text NOT NULL,             -- heartbeat or ping
    source text NOT NULL,               -- who saw it
    seen_at timestamptz NOT NULL,
    took_ms float8 NOT NULL,            -- how long the exercise took
    address text,                       -- where it can be asked for an echo, if that is not known otherwise
    PRIMARY KEY (cluster_id, component, detector, source)
) WITH (fillfactor = 50);               -- rows are overwritten in place for ever

-- What a detector came to believe of a component. The newest row of (component, detector) is what it believes now.
CREATE TABLE detections (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id text NOT NULL,
    component text NOT NULL,
    detector text NOT NULL,             -- heartbeat, ping or membership
    incarnation bigint NOT NULL,        -- membership: which life of a silo; 0 for the others
    from_state text NOT NULL,           -- unknown, alive, dead or away
    to_state text NOT NULL,
    noticed_at timestamptz NOT NULL,
    last_seen_at timestamptz            -- the sign of life before it; null when there was none
);
-- The newest row of each, at every check.
CREATE INDEX detections_newest ON detections (cluster_id, component, detector, incarnation, id);
-- All silos hear of a change of the membership; the first puts it on record.
CREATE UNIQUE INDEX detections_membership ON detections (cluster_id, component, incarnation, to_state) WHERE detector = 'membership';
