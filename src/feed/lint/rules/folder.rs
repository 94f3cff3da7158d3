//! Rules for the files of a folder among each other.

super::rules! {
    LEFTOVER "folder-leftover" Warning "replacing files whole":
        "a temporary file, left by a writer that was stopped" => "remove it";
    DIFFERS "folder-entry-differs" Error "RFC 4287 4.2.6":
        "the entry is told differently elsewhere under the same id"
        => "write all feeds from the same entries, and at the same time";
    TWO "folder-id-two-entries" Error "RFC 4287 4.2.6":
        "the id is that of another entry elsewhere" => "give each entry its own id, and never use one again";
    MISSING "folder-entry-missing" Error "RSS, Atom and JSON Feed of one feed":
        "the formats of this feed do not carry the same entries"
        => "write all feeds from the same entries, and at the same time";
    CHAIN_MISSING "archive-missing" Error "RFC 5005 4":
        "the page linked to is not there" => "keep archive pages for ever, at their address";
    CHAIN_BROKEN "archive-back-link" Error "RFC 5005 4":
        "the page linked to does not link back" => "let prev-archive and next-archive name each other";
    CHAIN_CURRENT "archive-not-current" Error "RFC 5005 4":
        "the page's current feed does not lead back to it" => "link from the current feed to the newest page";
    CHAIN_TWICE "archive-entry-twice" Error "RFC 5005 4":
        "an entry stands in two pages of one archive" => "let each entry be in one of them";
    CHAIN_LOOP "archive-loop" Error "RFC 5005 4":
        "the pages lead in a circle" => "let prev-archive lead to older pages only";
}
