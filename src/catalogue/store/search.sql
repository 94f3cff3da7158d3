-- The words of entries, by which they are found. The row of an entry has its
-- key. Words are parted by spaces: they are made before they come here.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, topics, speakers,
    content = '', contentless_delete = 1,
    tokenize = 'ascii'
);

-- What else entries are found by.
CREATE TABLE search_entry (
    entry INTEGER PRIMARY KEY,
    published INTEGER NOT NULL,
    -- A BCP 47 tag in lower case.
    language TEXT,
    -- Paths below the watch folder, folded, each on a line; a line end before
    -- the first and after the last.
    folders TEXT NOT NULL
) STRICT;
