-- The log: every event of every stream, and what is written together with it.

-- Where each stream stands. An append compares and sets this row: the version is the fence against a second writer.
-- fillfactor: the row is updated in place (HOT) at each append.
CREATE TABLE stream_heads (
    stream text PRIMARY KEY,
    version bigint NOT NULL,
    previous bigint NOT NULL    -- the version that the last append expected
) WITH (fillfactor = 70);

-- payload is text: the stored bytes are exactly those that were written, and payload::jsonb reads them.
CREATE TABLE reservation_events (
    stream text NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    append_id uuid NOT NULL,    -- tells whether an append whose answer was lost took effect
    recorded_at timestamptz NOT NULL,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    position bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (stream, version)
);
-- Readers go on from (transaction, position), below the horizon of running transactions: the id alone loses events.
CREATE INDEX reservation_events_cursor ON reservation_events (transaction, position);

-- Personal data of guests: referenced by id from events, erasable without touching the log.
CREATE TABLE guests (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL
);

-- A reservation as its owner's list shows it; written in the transaction of the append, so own data is read at once.
CREATE TABLE reservations (
    id uuid PRIMARY KEY,
    owner text NOT NULL,
    status text NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    wake_at timestamptz,        -- when recovery looks at it; null once it has ended
    view text NOT NULL          -- the owner's view, JSON
) WITH (fillfactor = 70);
-- An owner's list, newest first.
CREATE INDEX reservations_owner ON reservations (owner, created_at DESC, id DESC);
-- What recovery has to look at: only the unfinished.
CREATE INDEX reservations_wake ON reservations (wake_at) WHERE wake_at IS NOT NULL;
