-- Times are microseconds since 1970: datetime(published / 1e6, 'unixepoch').

-- What holds for the catalogue as a whole.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Every entry there ever was; a smaller key is an older entry. Rows are never
-- removed, so no id is given twice.
CREATE TABLE entry (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Entries that arrived before the same end share one.
    generation INTEGER NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    -- The order in which entries lost their last file; null while one is left.
    departed INTEGER,
    -- When the entry left the feeds; null while it is in them.
    withdrawn INTEGER,
    -- Where its last file lay; text, or bytes when it is not Unicode.
    last_path ANY,
    -- The text's identity: hash of the file's bytes, of its words, and the
    -- smallest hashes of its shingles.
    content BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    sketch BLOB NOT NULL
) STRICT;

CREATE INDEX entry_order ON entry (generation DESC, published DESC, id)
    WHERE withdrawn IS NULL;
CREATE INDEX entry_content ON entry (content);
CREATE INDEX entry_fingerprint ON entry (fingerprint);
CREATE INDEX entry_departed ON entry (departed) WHERE departed IS NOT NULL;
CREATE INDEX entry_orphaned ON entry (departed)
    WHERE departed IS NOT NULL AND withdrawn IS NULL;
CREATE INDEX entry_last_path ON entry (last_path) WHERE departed IS NOT NULL;

-- What entries say, apart from their small rows, of which many are read.
CREATE TABLE digest (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    title TEXT NOT NULL,
    -- The digest as JSON, without title and body. Blocks of the body are kind,
    -- start, end, marks; quotations are parts, speaker.
    digest TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Every file that was looked at; a smaller seq was known earlier.
CREATE TABLE source (
    seq INTEGER PRIMARY KEY,
    -- Relative to the watch folder; text, or bytes when it is not Unicode.
    path ANY NOT NULL UNIQUE,
    -- Null when the file has none, because it is refused.
    entry INTEGER REFERENCES entry,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    -- Hash of its bytes when it was last an article.
    content BLOB,
    -- Why it is refused.
    reason TEXT,
    -- Whether it is refused because it asks for it.
    draft INTEGER NOT NULL DEFAULT FALSE
) STRICT;

CREATE INDEX source_entry ON source (entry) WHERE entry IS NOT NULL;
CREATE INDEX source_refused ON source (path) WHERE reason IS NOT NULL;

-- What entries said until they were overwritten with something unlike it since
-- the last end.
CREATE TABLE former (
    entry INTEGER PRIMARY KEY REFERENCES entry,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    content BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    sketch BLOB NOT NULL,
    title TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX former_content ON former (content);
CREATE INDEX former_fingerprint ON former (fingerprint);
