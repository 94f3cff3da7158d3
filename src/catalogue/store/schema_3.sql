-- What feeds are of besides all entries and topics. Rows are never removed. A
-- *subject* is a number: eight times a key and a scope, which is 0 for all
-- entries (key 0), 1 for a topic, 2 a speaker, 3 a folder, 4 a search.
CREATE TABLE subject (
    key INTEGER PRIMARY KEY,
    -- 2, 3 or 4.
    scope INTEGER NOT NULL,
    -- What tells it apart: a speaker's name in lower case, a path, a search's
    -- name.
    name TEXT NOT NULL,
    -- As it is shown.
    label TEXT NOT NULL,
    UNIQUE (scope, name)
) STRICT;

-- Its name in addresses.
ALTER TABLE entry ADD COLUMN slug TEXT;
-- How often anything has changed that feeds show of it.
ALTER TABLE entry ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
-- The round in which it last got its text.
ALTER TABLE entry ADD COLUMN revised INTEGER NOT NULL DEFAULT 0;
-- Its place among the entries of its generation: when it was published, as far
-- as that was known when the generation ended.
ALTER TABLE entry ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;
-- The subject of who said its lead quotation.
ALTER TABLE entry ADD COLUMN speaker INTEGER;
-- The subjects that it is in, as a JSON list.
ALTER TABLE entry ADD COLUMN subjects TEXT NOT NULL DEFAULT '[]';

UPDATE entry SET placed = published;
CREATE UNIQUE INDEX entry_slug ON entry (slug) WHERE slug IS NOT NULL;
CREATE INDEX entry_revised ON entry (revised);
-- All entries are a subject.
DROP INDEX entry_order;

-- Which entries are in a subject, the newest last.
CREATE TABLE member (
    subject INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    placed INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (subject, generation, placed, entry)
) STRICT, WITHOUT ROWID;

-- Entries that were in a feed until they were withdrawn, and when that was.
CREATE TABLE deleted (
    subject INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    placed INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (subject, generation, placed, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX deleted_entry ON deleted (entry);

-- Subjects to be looked at when the go ends: the part of its feed that got an
-- entry. Page 0 is the current part, or says that there may be a feed now.
CREATE TABLE grown (
    subject INTEGER NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (subject, page)
) STRICT, WITHOUT ROWID;

-- Feeds.
CREATE TABLE channel (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    subject INTEGER NOT NULL UNIQUE,
    id TEXT NOT NULL,
    -- Its folder in the feeds folder.
    folder TEXT NOT NULL,
    -- The round at whose end it was born.
    born INTEGER NOT NULL
) STRICT;

-- Every folder that a feed has or had.
CREATE TABLE folder (
    key INTEGER PRIMARY KEY,
    -- The folder, as file systems compare names that do not tell case apart.
    folded TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL,
    channel INTEGER NOT NULL
) STRICT;

CREATE INDEX folder_channel ON folder (channel);

-- The archive pages of feeds, each by the place of its newest entry.
CREATE TABLE page (
    channel INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    placed INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (channel, generation, placed, entry)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX page_number ON page (channel, number);

-- What is to be published again, in the order in which it is.
CREATE TABLE due (
    -- 0 a folder whose documents go, 1 the current part of a feed, 2 the lists
    -- of feeds, 3 an archive page, 4 an entry's page.
    kind INTEGER NOT NULL,
    -- The feed or entry, else 0.
    thing INTEGER NOT NULL,
    page INTEGER NOT NULL,
    folder TEXT NOT NULL,
    PRIMARY KEY (kind, thing, page, folder)
) STRICT, WITHOUT ROWID;

-- What lies in the feeds folder, and which of the above it comes from.
CREATE TABLE document (
    name TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    thing INTEGER NOT NULL,
    page INTEGER NOT NULL,
    folder TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX document_due ON document (kind, thing, page);

-- What the current part of a feed left in its documents, so that entries can be
-- taken from them: the renderer's own bytes.
CREATE TABLE imprint (
    channel INTEGER PRIMARY KEY REFERENCES channel ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;
