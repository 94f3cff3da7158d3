//! Rules for JSON Feed.

super::rules! {
    MALFORMED "json-malformed" Error "RFC 8259 2":
        "the JSON cannot be read, and readers refuse all of it" => "write feeds with a JSON library";
    DOUBLED "json-doubled-key" Error "RFC 8259 4":
        "a key is given twice" => "give it once";
    VERSION "json-version" Error "JSON Feed 1.1, version":
        "the version is not one of JSON Feed" => "write \"version\": \"https://jsonfeed.org/version/1.1\"";
    OLD "json-old" Warning "JSON Feed 1.1, version":
        "an old version of JSON Feed" => "write \"version\": \"https://jsonfeed.org/version/1.1\"";
    TITLE "json-title" Error "JSON Feed 1.1, title":
        "the feed has no title" => "add \"title\"";
    ITEMS "json-items" Error "JSON Feed 1.1, items":
        "the feed has no list of items" => "add \"items\", even an empty list";
    TYPE "json-type" Error "JSON Feed 1.1":
        "a value of the wrong type" => "write what the specification asks for here";
    UNKNOWN "json-unknown-key" Warning "JSON Feed 1.1, extensions":
        "JSON Feed has no such key here" => "check its spelling; names of others begin with `_`";
    ADDRESS "json-address" Error "JSON Feed 1.1":
        "this is no absolute address" => "write it in full, with https://";
    ID "json-id" Error "JSON Feed 1.1, id":
        "the item has no id" => "add \"id\", a string that never changes";
    ID_STRING "json-id-string" Error "JSON Feed 1.1, id":
        "the id is no string" => "put it in quotation marks";
    UNIQUE "json-id-unique" Error "JSON Feed 1.1, id":
        "two items have one id, so that readers show one of them" => "give each its own";
    CONTENT "json-content" Error "JSON Feed 1.1, content_html":
        "the item has neither content_html nor content_text" => "add one of them";
    DATE "json-date" Error "JSON Feed 1.1, date_published; RFC 3339 5.6":
        "this is no date as JSON Feed writes it" => "write one such as `2024-12-05T08:00:00Z`";
    ORDER "json-dates-order" Warning "JSON Feed 1.1, date_modified":
        "the item was changed before it was published" => "set date_modified to date_published or later";
    AUTHOR "json-author" Warning "JSON Feed 1.1, authors":
        "`author` is out of use since version 1.1" => "write \"authors\", a list";
    AUTHOR_EMPTY "json-author-empty" Error "JSON Feed 1.1, authors":
        "the author has neither name, url nor avatar" => "add \"name\"";
    ATTACHMENT "json-attachment" Error "JSON Feed 1.1, attachments":
        "the attachment lacks something" => "give it an absolute url and its media type";
    LANGUAGE "json-language" Warning "JSON Feed 1.1, language; BCP 47 2.1":
        "this cannot be a language tag" => "write one such as `en` or `pt-BR`";
    FEED_URL "json-feed-url" Warning "JSON Feed 1.1, feed_url":
        "the feed does not tell its own address" => "add \"feed_url\"";
    NEXT_URL "json-next-url" Error "JSON Feed 1.1, next_url":
        "the feed names itself as its next page" => "link to the page with older items";
    CONTROL "json-control-character" Warning "RFC 8259 7; XML 1.0 2.2":
        "a control character, which readers cannot store or show" => "leave it out";
}
