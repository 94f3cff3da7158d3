-- The words of entries, by which they are found. The row of an entry has its
-- key. Words are parted by spaces: they are made before they come here. The
-- places of words are kept, for phrases and for scripts without spaces; without
-- them the index is half as large.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, topics, speakers,
    content = '', contentless_delete = 1,
    tokenize = 'ascii'
);

-- Lists are merged in sixteens rather than in fours. A first pass over 10,000
-- articles took a fifth less for it, and a search of 100,000 a third more, which
-- is milliseconds. A merge in one go comes only after as many again.
INSERT INTO search (search, rank) VALUES ('automerge', 16), ('crisismerge', 32);

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
