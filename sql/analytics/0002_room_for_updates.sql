-- Each booking raises the figures of a day and of some nights, for ever the same rows: with room on their pages they are overwritten in place (HOT), and no
-- index has to learn of it. Pages that are there already stay as full as they are.
ALTER TABLE booking_days SET (fillfactor = 70);
ALTER TABLE night_days SET (fillfactor = 70);
ALTER TABLE stays SET (fillfactor = 80);
