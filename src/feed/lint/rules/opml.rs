//! Rules for OPML, as lists of feeds.

super::rules! {
    VERSION "opml-version" Error "OPML 2.0, opml":
        "the version is not one of OPML" => "write <opml version=\"2.0\">";
    HEAD "opml-head" Error "OPML 2.0, head":
        "there is not exactly one head" => "put one <head> before <body>";
    BODY "opml-body" Error "OPML 2.0, body":
        "there is not exactly one body" => "put one <body> behind <head>";
    OUTLINE "opml-outline" Warning "OPML 2.0, body":
        "the list has no outline" => "add an <outline> for each feed";
    TEXT "opml-text" Error "OPML 2.0, outline":
        "the outline has no text" => "add text with the name of the feed";
    XML_URL "opml-xml-url" Error "OPML 2.0, subscription lists":
        "the outline of a feed has no address that can be fetched" => "add xmlUrl with the feed's address";
    RELATIVE "opml-relative-address" Warning "OPML 2.0, subscription lists":
        "a relative address, which readers cannot resolve once the list is imported"
        => "write it in full, with https://";
    TYPE "opml-type" Warning "OPML 2.0, subscription lists":
        "an outline with a feed's address is not said to be one" => "add type=\"rss\", for Atom as well";
    DATE "opml-date" Error "OPML 2.0, head; RFC 822 5":
        "this is no date as OPML writes it" => "write one such as `Thu, 05 Dec 2024 08:00:00 GMT`";
    UNIQUE "opml-feed-twice" Warning "OPML 2.0, subscription lists":
        "a feed is listed twice under one outline" => "keep one of them";
}
