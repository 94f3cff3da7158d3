-- Languages are listed, and entries found by them.
CREATE INDEX search_entry_language ON search_entry (language);

-- How many entries a feed has, archive pages included.
ALTER TABLE channel ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;

-- How many of them stand in a week, as their order has it: weeks begin on Mondays
-- (UTC) and are counted from that before 1970. Kept only of subjects with a feed,
-- which are few; to count them anew for each look at a list would be to walk
-- through most of `member`.
CREATE TABLE tally (
    subject INTEGER NOT NULL,
    week INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (subject, week)
) STRICT, WITHOUT ROWID;

-- The counts follow the rows, whoever moves those. An era is added, and then taken
-- away, so that the division rounds down for dates before 1970 as well.
CREATE TRIGGER member_added AFTER INSERT ON member
WHEN EXISTS (SELECT 1 FROM channel WHERE subject = NEW.subject)
BEGIN
    UPDATE channel SET entries = entries + 1 WHERE subject = NEW.subject;
    INSERT INTO tally
        SELECT NEW.subject, (NEW.placed + 423360259200000000) / 604800000000 - 700000, 1 WHERE TRUE
        ON CONFLICT DO UPDATE SET entries = entries + 1;
END;

CREATE TRIGGER member_removed AFTER DELETE ON member
WHEN EXISTS (SELECT 1 FROM channel WHERE subject = OLD.subject)
BEGIN
    UPDATE channel SET entries = entries - 1 WHERE subject = OLD.subject;
    UPDATE tally SET entries = entries - 1
        WHERE subject = OLD.subject
            AND week = (OLD.placed + 423360259200000000) / 604800000000 - 700000;
    DELETE FROM tally
        WHERE subject = OLD.subject AND entries = 0
            AND week = (OLD.placed + 423360259200000000) / 604800000000 - 700000;
END;

CREATE TRIGGER channel_born AFTER INSERT ON channel
BEGIN
    INSERT INTO tally
        SELECT subject, (placed + 423360259200000000) / 604800000000 - 700000, count(*)
        FROM member WHERE subject = NEW.subject GROUP BY 1, 2;
    UPDATE channel
        SET entries = (SELECT coalesce(sum(entries), 0) FROM tally WHERE subject = NEW.subject)
        WHERE key = NEW.key;
END;

CREATE TRIGGER channel_moved AFTER UPDATE OF subject ON channel
BEGIN
    DELETE FROM tally WHERE subject = OLD.subject;
    INSERT INTO tally
        SELECT subject, (placed + 423360259200000000) / 604800000000 - 700000, count(*)
        FROM member WHERE subject = NEW.subject GROUP BY 1, 2;
    UPDATE channel
        SET entries = (SELECT coalesce(sum(entries), 0) FROM tally WHERE subject = NEW.subject)
        WHERE key = NEW.key;
END;

CREATE TRIGGER channel_ended AFTER DELETE ON channel
BEGIN
    DELETE FROM tally WHERE subject = OLD.subject;
END;

INSERT INTO tally
    SELECT subject, (placed + 423360259200000000) / 604800000000 - 700000, count(*)
    FROM member WHERE subject IN (SELECT subject FROM channel) GROUP BY 1, 2;
UPDATE channel
    SET entries = (SELECT coalesce(sum(t.entries), 0) FROM tally t WHERE t.subject = channel.subject);
