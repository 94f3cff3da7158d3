-- Entries that the owner has taken off the feeds, and when. By their ids, not
-- beside them: a decision may be there before the entry is.
CREATE TABLE IF NOT EXISTS retraction (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
