//! Rules for Atom, and for what RFC 5005 and RFC 6721 add to it.

super::rules! {
    FEED_ID "atom-feed-id" Error "RFC 4287 4.1.1":
        "the feed has no id" => "add <id> with an absolute IRI that never changes";
    FEED_TITLE "atom-feed-title" Error "RFC 4287 4.1.1":
        "the feed has no title" => "add <title>";
    FEED_UPDATED "atom-feed-updated" Error "RFC 4287 4.1.1":
        "the feed does not tell when it was last changed" => "add <updated> with its newest change";
    STALE "atom-feed-stale" Warning "RFC 4287 4.2.15":
        "the feed's last change is before that of an entry" => "set updated to the newest change";
    ENTRY_ID "atom-entry-id" Error "RFC 4287 4.1.2":
        "the entry has no id" => "add <id> with an absolute IRI that never changes";
    ENTRY_TITLE "atom-entry-title" Error "RFC 4287 4.1.2":
        "the entry has no title" => "add <title>, even an empty one";
    ENTRY_UPDATED "atom-entry-updated" Error "RFC 4287 4.1.2":
        "the entry does not tell when it was last changed" => "add <updated>";
    AUTHOR "atom-author" Error "RFC 4287 4.1.1":
        "neither the entry nor the feed has an author" => "add <author><name> to the feed";
    ID "atom-id" Error "RFC 4287 4.2.6":
        "the id is no absolute IRI" => "write a tag: URI, a urn:uuid: or an address that never changes";
    TAG "tag-uri" Warning "RFC 4151 2.1":
        "this is no tag URI" => "write one such as `tag:example.org,2024:name`";
    UNIQUE "atom-entry-id-unique" Error "RFC 4287 4.1.1":
        "two entries have one id and one date, so that readers show one of them"
        => "give each its own id";
    FEED_ENTRY_ID "atom-id-of-feed" Error "RFC 4287 4.2.6":
        "the entry has the id of the feed" => "give it its own";
    TWICE "atom-element-twice" Error "RFC 4287 4.1":
        "an element stands twice where it may once" => "keep one of them";
    UNKNOWN "atom-unknown-element" Error "RFC 4287 6.2":
        "Atom has no such element here" => "check its spelling and place";
    DATE "atom-date" Error "RFC 4287 3.3; RFC 3339 5.6":
        "this is no date as Atom writes it" => "write one such as `2024-12-05T08:00:00Z`";
    ORDER "atom-dates-order" Warning "RFC 4287 4.2.9":
        "the entry was changed before it was published" => "set updated to published or later";
    CONTENT "atom-content" Error "RFC 4287 4.1.2":
        "the entry has neither content nor a link to it"
        => "add <content>, or <link rel=\"alternate\">";
    SUMMARY "atom-summary" Error "RFC 4287 4.1.2":
        "the entry's content is elsewhere or binary, and it has no summary" => "add <summary>";
    CONTENT_TYPE "atom-content-type" Error "RFC 4287 4.1.3.1":
        "this is no type of content" => "write `text`, `html`, `xhtml` or a media type";
    CONTENT_SRC "atom-content-src" Error "RFC 4287 4.1.3.2":
        "the content has an address and text as well" => "leave one of them out";
    TEXT_TYPE "atom-text-type" Error "RFC 4287 3.1.1":
        "this is no type of text" => "write `text`, `html` or `xhtml`";
    TEXT_CHILD "atom-text-element" Error "RFC 4287 3.1.1; 4.1.3.3":
        "an element within what is said to be text" => "escape it and say type=\"html\", or use type=\"xhtml\"";
    XHTML_DIV "atom-xhtml-div" Error "RFC 4287 3.1.1.3":
        "XHTML is not in exactly one div" => "put it into <div xmlns=\"http://www.w3.org/1999/xhtml\">";
    LINK_HREF "atom-link-href" Error "RFC 4287 4.2.7.1":
        "the link has no address" => "add href";
    LINK_ADDRESS "atom-link-address" Error "RFC 4287 4.2.7.1":
        "the address cannot be one" => "encode its white space and quotation marks";
    LINK_RELATIVE "atom-link-relative" Warning "RFC 4287 4.2.7.1; RFC 3986 5.1":
        "a relative address, which readers resolve differently" => "write it in full, with https://";
    LINK_REL "atom-link-rel" Warning "RFC 4287 4.2.7.2":
        "this is neither a registered relation nor an IRI"
        => "use a relation that IANA lists, or an IRI of your own";
    LINK_TYPE "atom-link-type" Error "RFC 4287 4.2.7.3":
        "this is no media type" => "write one such as `text/html`";
    LINK_LANGUAGE "atom-link-hreflang" Warning "RFC 4287 4.2.7.4; BCP 47 2.1":
        "this cannot be a language tag" => "write one such as `en` or `pt-BR`";
    ALTERNATES "atom-link-alternates" Error "RFC 4287 4.1.1; 4.1.2":
        "two alternate links have one type and language" => "keep one of them";
    SELF_LINK "atom-self-link" Warning "RFC 4287 4.1.1":
        "the feed does not tell its own address" => "add <link rel=\"self\" href=\"...\"/>";
    CATEGORY "atom-category-term" Error "RFC 4287 4.2.2.1":
        "the category has no term" => "add term";
    CATEGORY_SCHEME "atom-category-scheme" Error "RFC 4287 4.2.2.2":
        "the category's scheme is no absolute IRI" => "write it in full or leave it out";
    PERSON "atom-person-name" Error "RFC 4287 3.2.1":
        "the person has no name" => "add <name>";
    EMAIL "atom-person-email" Error "RFC 4287 3.2.3":
        "this is no e-mail address" => "write one such as `mail@example.org`";
    ADDRESS "atom-address" Error "RFC 4287 2":
        "the address cannot be one" => "encode its white space and quotation marks";
    ARCHIVE_CURRENT "archive-current" Warning "RFC 5005 4":
        "the archive page does not link to the current feed" => "add <link rel=\"current\"/>";
    ARCHIVE_CHAIN "archive-complete" Error "RFC 5005 2":
        "the feed is said to be complete and links to further pages" => "leave one of them out";
    ARCHIVE_SELF "archive-self" Error "RFC 5005 4":
        "the feed names itself as the page before or after it" => "link to that page";
    HUB_ADDRESS "hub-address" Error "WebSub 4":
        "the hub has no address on the web" => "write it in full, with https";
    HUB_SELF "hub-self" Error "WebSub 4":
        "subscribers ask the hub for the feed by its own address, which it does not tell"
        => "link to it with rel `self`, or as \"feed_url\"";
    DELETED "deleted-entry" Error "RFC 6721 3":
        "the tombstone lacks something" => "give it ref, the entry's id, and when, a date";
    DELETED_THERE "deleted-entry-there" Warning "RFC 6721 3":
        "an entry is there and said to be withdrawn since its last change"
        => "leave the entry or the tombstone out";
}
