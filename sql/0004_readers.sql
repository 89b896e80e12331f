-- Readers of the log across streams, and caches of single streams.

-- Where each reader stands: all that it had to do for events up to and at (transaction, position) is done.
CREATE TABLE log_cursors (
    reader text PRIMARY KEY,
    epoch uuid NOT NULL,        -- of the log; a cursor of another one means nothing
    transaction xid8 NOT NULL,
    position bigint NOT NULL
);

-- A stream's state at one of its versions. A cache of the log: any row may be deleted at any time.
CREATE TABLE snapshots (
    stream text PRIMARY KEY,
    version bigint NOT NULL,
    shape integer NOT NULL,     -- the payload's; a program that writes another one ignores it
    payload text NOT NULL
);
