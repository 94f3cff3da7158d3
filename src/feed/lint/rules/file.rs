//! Rules for files as a whole.

super::rules! {
    EMPTY "file-empty" Error "RSS 2.0; RFC 4287 2; JSON Feed 1.1":
        "the file is empty" => "write the feed to a temporary file and rename it into place";
    UNKNOWN "file-unknown" Error "RSS 2.0; RFC 4287 2; JSON Feed 1.1; OPML 2.0":
        "this is no feed" => "give RSS, Atom, JSON Feed or OPML";
    RDF "file-rdf" Warning "RSS 1.0":
        "this is RSS 1.0 or older, in RDF, for which there are no rules here"
        => "write RSS 2.0 or Atom, which every reader knows";
    SIZE "file-size" Error "feed aggregators' limits":
        "the file has 5,000,000 bytes or more, where some aggregators stop reading"
        => "carry fewer entries, and link to older ones (RFC 5005)";
    LARGE "file-large" Warning "feed aggregators' limits":
        "the file has more than 512 KB, which readers fetch again and again"
        => "carry fewer entries, or summaries in place of full texts";
}
