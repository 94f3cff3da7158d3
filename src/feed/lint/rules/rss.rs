//! Rules for RSS 2.0.

super::rules! {
    VERSION "rss-version" Error "RSS 2.0, rss":
        "the version is not one of RSS" => "write <rss version=\"2.0\">";
    OLD "rss-old" Warning "RSS 2.0":
        "an old version of RSS" => "write <rss version=\"2.0\">; all older feeds are valid as that";
    CHANNEL "rss-channel" Error "RSS 2.0, rss":
        "the feed does not have exactly one channel" => "put one <channel> into <rss>";
    CHANNEL_TITLE "rss-channel-title" Error "RSS 2.0, required channel elements":
        "the channel has no title" => "add <title> with the name of the feed";
    CHANNEL_LINK "rss-channel-link" Error "RSS 2.0, required channel elements":
        "the channel has no link" => "add <link> with the address of the site";
    CHANNEL_DESCRIPTION "rss-channel-description" Error "RSS 2.0, required channel elements":
        "the channel has no description" => "add <description> with a sentence about the feed";
    TWICE "rss-element-twice" Error "RSS 2.0; RSS profile":
        "an element stands twice where it may once" => "keep one of them";
    UNKNOWN "rss-unknown-element" Error "RSS 2.0, extending RSS":
        "RSS has no such element here"
        => "check its spelling and place; elements of others need a namespace";
    SELF_LINK "rss-self-link" Warning "RSS profile, atom:link":
        "the feed does not tell its own address"
        => "add <atom:link href=\"...\" rel=\"self\" type=\"application/rss+xml\"/>";
    ADDRESS "rss-address" Error "RSS 2.0, comments":
        "this is no absolute address" => "write it in full, with https://";
    LANGUAGE "rss-language" Warning "RSS 2.0, language; BCP 47 2.1":
        "this cannot be a language tag" => "write one such as `en` or `pt-BR`";
    DATE "rss-date" Error "RSS 2.0; RFC 822 5":
        "this is no date as RSS writes it" => "write one such as `Thu, 05 Dec 2024 08:00:00 GMT`";
    DATE_WEEKDAY "rss-date-weekday" Error "RFC 822 5.2":
        "the date's weekday is another" => "write the right one, in English, or none";
    DATE_YEAR "rss-date-year" Warning "RSS profile, pubDate":
        "the year has two digits" => "write four";
    BUILD_DATE "rss-last-build-date" Warning "RSS 2.0, lastBuildDate":
        "the channel's last change is before that of an item"
        => "set lastBuildDate to the newest change";
    TTL "rss-ttl" Error "RSS 2.0, ttl":
        "ttl is no number of minutes" => "write a whole number such as `60`";
    HOURS "rss-skip-hours" Error "RSS 2.0, skipHours":
        "this is no hour to skip" => "write whole hours from 0 to 23, each once";
    DAYS "rss-skip-days" Error "RSS 2.0, skipDays":
        "this is no day to skip" => "write English days from Monday to Sunday, each once";
    IMAGE "rss-image" Error "RSS 2.0, image":
        "the channel's image lacks something" => "give it url, title and link";
    ITEM "rss-item" Error "RSS 2.0, item":
        "the item has neither title nor description" => "add a title";
    AUTHOR "rss-author" Warning "RSS 2.0, author":
        "this is no e-mail address, as RSS asks for here"
        => "write `mail@example.org (Name)`, or the name alone in <dc:creator>";
    GUID "rss-guid" Warning "RSS profile, guid":
        "the item has no guid, so that readers may show it again when it changes"
        => "add <guid isPermaLink=\"false\"> with an id that never changes";
    GUID_EMPTY "rss-guid-empty" Error "RSS 2.0, guid":
        "the guid is empty" => "write an id that never changes";
    GUID_UNIQUE "rss-guid-unique" Error "RSS 2.0, guid":
        "two items have one guid, so that readers show one of them" => "give each its own";
    GUID_PERMALINK "rss-guid-permalink" Error "RSS 2.0, guid":
        "the guid says that it is an address, and is none"
        => "add isPermaLink=\"false\"";
    GUID_ATTRIBUTE "rss-guid-attribute" Error "RSS 2.0, guid":
        "isPermaLink is neither true nor false" => "write `true` or `false`";
    ORDER "rss-description-order" Warning "RSS profile, content:encoded":
        "content:encoded stands before the description, which some readers then show instead"
        => "put the description first";
    ENCLOSURE "rss-enclosure" Error "RSS 2.0, enclosure":
        "the enclosure lacks something"
        => "give it an absolute url, its length in bytes, and its media type";
    ENCLOSURES "rss-enclosures" Warning "RSS profile, enclosure":
        "the item has several enclosures, of which readers take one" => "keep one, or use <media:content>";
    SOURCE "rss-source" Error "RSS 2.0, source":
        "the source has no absolute url" => "add url with the address of the feed it is from";
    CATEGORY "rss-category" Warning "RSS 2.0, category":
        "the category is empty" => "name it or leave it out";
    MEDIA "rss-media" Warning "Media RSS 1.5.1":
        "the media element has no absolute url" => "write its address in full, with https://";
}
