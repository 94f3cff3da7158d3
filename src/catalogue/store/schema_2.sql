-- Every topic that an entry ever had, however articles write it. Rows are never
-- removed, so no key and no slug is given twice.
CREATE TABLE topic (
    key INTEGER PRIMARY KEY,
    -- As entries show it.
    label TEXT NOT NULL,
    -- person, organization, place, concept or other.
    kind TEXT NOT NULL,
    -- Its name in addresses; null while it follows from the label.
    slug TEXT,
    -- Whether the owner wants it shown nowhere.
    banned INTEGER NOT NULL DEFAULT FALSE,
    -- Whether the owner gave it its label.
    settled INTEGER NOT NULL DEFAULT FALSE,
    -- The topic that it was merged into, which is in none itself.
    target INTEGER,
    -- The entry that had it first, as long as it has. Most topics have no other.
    entry INTEGER
) STRICT;

CREATE INDEX topic_target ON topic (target) WHERE target IS NOT NULL;

-- What means a topic in any article: in lower case, without punctuation. Of one
-- family there is one topic for a form. Topics in this table and those below
-- were not merged into others.
CREATE TABLE topic_form (
    -- From above: 60 bits of the form's hash, without an "s" that ends it; a bit
    -- for that "s"; three for the family. Those are 0 concepts and all else,
    -- 1 persons, 2 organizations, 3 places. With 4 it means none; some topic has
    -- it for a slug.
    key INTEGER PRIMARY KEY,
    topic INTEGER NOT NULL,
    -- As an article or the owner writes it; null for the label.
    written TEXT
) STRICT;

-- What a person may be called, as long as nobody else is: parts of the name.
CREATE TABLE topic_name (
    name TEXT NOT NULL,
    topic INTEGER NOT NULL,
    PRIMARY KEY (name, topic)
) STRICT, WITHOUT ROWID;

-- The other entries that have a topic.
CREATE TABLE topic_later (
    topic INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (topic, entry)
) STRICT, WITHOUT ROWID;

-- Which entries have a topic, withdrawn ones included; perhaps twice.
CREATE VIEW topic_entry (topic, entry) AS
    SELECT key, entry FROM topic WHERE entry IS NOT NULL
    UNION ALL SELECT topic, entry FROM topic_later;

-- What the owner decided while another process had the catalogue: records as
-- JSON, in order, until that process takes them.
CREATE TABLE pending (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL
) STRICT;

-- The topics of an entry as a JSON list of keys, one for each that its digest
-- has, in its order.
ALTER TABLE entry ADD COLUMN topics TEXT NOT NULL DEFAULT '[]';
