-- Votes on payments, and what became of replicas. Evidence beside the log: written in batches off the critical path, deleted by age.

-- One row a vote. The arrays are by replica, from 1.
CREATE TABLE vote_records (
    reservation uuid NOT NULL,
    attempt integer NOT NULL,           -- to pay, from 1; 0 while nothing is to be paid yet
    voted_at timestamptz NOT NULL,      -- when the last replica had said its last word
    replica_group integer NOT NULL,
    currency text NOT NULL,
    amount_minor bigint,                -- null: no three agreed, and nothing was charged
    decision text,
    input_hash text NOT NULL,
    amounts_minor bigint[] NOT NULL,
    decisions text[] NOT NULL,
    seen text[] NOT NULL,               -- Matching, WrongValue, Omission, Late, Malformed, Absent; null: nothing can be said
    after_ms float8[] NOT NULL
);
-- An owner looks at the votes on one reservation.
CREATE INDEX vote_records_reservation ON vote_records (reservation);
-- Old ones are deleted; rows lie in the order of time, so a few bytes a block will do.
CREATE INDEX vote_records_voted_at ON vote_records USING brin (voted_at);

-- The same, one row a replica.
CREATE VIEW payment_votes AS
SELECT reservation, attempt, voted_at, replica_group, vote.replica, currency, vote.amount_minor, vote.decision, vote.seen, vote.after_ms,
    r.amount_minor AS decided_minor
FROM vote_records r,
    unnest(amounts_minor, decisions, seen, after_ms) WITH ORDINALITY AS vote (amount_minor, decision, seen, after_ms, replica);

-- When a replica lost its vote or got it back, and why.
CREATE TABLE replica_findings (
    replica_group integer NOT NULL,
    replica integer NOT NULL,
    found_at timestamptz NOT NULL,
    what text NOT NULL,
    why text
);

-- The books, in double entry: each movement takes from one account what it gives to another, so they balance by their shape alone. Read from
-- the log by a reader of its own; a movement is there once, whatever is read twice.
CREATE TABLE ledger_movements (
    id text PRIMARY KEY,                -- charge/ID or refund/ID, with the id that the provider knows
    reservation uuid NOT NULL,
    debit text NOT NULL,                -- the account that is owed more afterwards
    credit text NOT NULL CHECK (credit <> debit),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    happened_at timestamptz NOT NULL
);

-- Both sides of each movement. Accounts: provider (what it holds for us), guests (what they have paid for stays).
CREATE VIEW ledger_entries AS
SELECT id, reservation, debit AS account, amount_minor, currency, happened_at FROM ledger_movements
UNION ALL
SELECT id, reservation, credit, -amount_minor, currency, happened_at FROM ledger_movements;
