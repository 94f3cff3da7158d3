//! Rules for HTML in feeds, and for text that should hold none.

super::rules! {
    SCRIPT "html-script" Error "RFC 4287 8.1; RSS profile, security":
        "a script in the content, which readers remove or, worse, run" => "leave it out";
    HANDLER "html-event-handler" Error "RFC 4287 8.1; RSS profile, security":
        "an event handler in the content" => "leave the attribute out";
    SCRIPT_ADDRESS "html-script-address" Error "RFC 4287 8.1; RSS profile, security":
        "an address that is a program" => "link to a page";
    EMBEDDED "html-embedded" Warning "RFC 4287 8.1":
        "an element that readers remove from content" => "link to what it shows";
    RELATIVE "html-relative-address" Warning "RSS profile; RFC 4287 4.1.3":
        "a relative address in the content, which readers resolve differently or not at all"
        => "write it in full, with https://";
    ESCAPED_TWICE "html-escaped-twice" Warning "RFC 4287 3.1.1.2; RSS profile":
        "the content seems to be escaped twice, so that readers show markup"
        => "escape it once";
    TITLE_ESCAPED "text-escaped-twice" Warning "RFC 4287 3.1.1.1; RSS profile, title":
        "a reference within plain text, which readers may show as it is"
        => "escape plain text once";
    TITLE_MARKUP "text-markup" Warning "RFC 4287 3.1.1.1; RSS profile, title":
        "markup within plain text, which readers may show as it is"
        => "write plain text, or say that it is HTML where the format allows it";
}
