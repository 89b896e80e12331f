-- Figures made from the log, in a database of their own. All of it but `properties` can be made anew from the log.

-- How far the log has been read. Every write of figures moves this row in the same transaction, from where the writer found it: two writers, or
-- one that died in between, never count anything twice.
CREATE TABLE progress (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),   -- there is one row
    epoch uuid,                 -- of the log; null before anything was read
    transaction xid8 NOT NULL DEFAULT '0',
    position bigint NOT NULL DEFAULT 0,
    events bigint NOT NULL DEFAULT 0,                   -- read since the last beginning
    as_of timestamptz           -- what was in the log by then is in the figures
);
INSERT INTO progress DEFAULT VALUES;

-- Where a property is. Asked of the catalogue, because the log does not say it; null until it has answered.
CREATE TABLE properties (
    property text PRIMARY KEY,
    destination text,
    asked_at timestamptz NOT NULL DEFAULT '-infinity'
);
-- Whose turn it is to be asked.
CREATE INDEX properties_asked ON properties (asked_at);

-- What was asked for, one row a stay: a later event names its reservation alone.
CREATE TABLE stays (
    reservation uuid NOT NULL,
    stay integer NOT NULL,
    property text NOT NULL,
    currency text NOT NULL,
    check_in date NOT NULL,
    rooms integer NOT NULL,
    nightly_minor bigint[] NOT NULL,    -- of one room, before tax and fees; its length is the number of nights
    booked_on date NOT NULL,            -- UTC day of the request
    status smallint NOT NULL,           -- 0 asked for, 1 booked, 2 cancelled after it was booked, 3 came to nothing
    PRIMARY KEY (reservation, stay)
);

-- By the day on which it was booked.
CREATE TABLE booking_days (
    day date NOT NULL,
    property text NOT NULL,
    currency text NOT NULL,
    bookings bigint NOT NULL,           -- stays that were booked, cancelled since or not
    cancellations bigint NOT NULL,      -- those of them that were cancelled since
    lead_days bigint NOT NULL,          -- from the day of booking to check-in, none below 0, summed over bookings
    room_nights bigint NOT NULL,        -- of what was not cancelled
    revenue_minor bigint NOT NULL,      -- of what was not cancelled
    PRIMARY KEY (day, property, currency)
);
-- One property's days.
CREATE INDEX booking_days_property ON booking_days (property, day);

-- By the night that is slept in, of what is booked and not cancelled.
CREATE TABLE night_days (
    night date NOT NULL,
    property text NOT NULL,
    currency text NOT NULL,
    rooms bigint NOT NULL,
    revenue_minor bigint NOT NULL,
    PRIMARY KEY (night, property, currency)
);
-- One property's nights.
CREATE INDEX night_days_property ON night_days (property, night);

-- Each setting of a room type's rooms, as the log has it.
CREATE TABLE capacities (
    property text NOT NULL,
    room_type text NOT NULL,
    version bigint NOT NULL,            -- of the room type's stream: later settings win
    set_on date NOT NULL,               -- the day before it was set, by UTC: somewhere that night is still to come. It says nothing of nights before
    from_night date,                    -- null: for all nights without a range of their own
    until_night date,
    rooms integer NOT NULL,             -- without the allowance for overbooking
    PRIMARY KEY (property, room_type, version)
);
