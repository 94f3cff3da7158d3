//! Rules for XML, whatever the format.

super::rules! {
    INVALID_UTF_8 "invalid-utf-8" Error "XML 1.0 4.3.3":
        "bytes that are no UTF-8" => "write the file as UTF-8, or declare its encoding";
    ENCODING "xml-encoding" Warning "XML 1.0 4.3.3; RSS profile":
        "the encoding is not UTF-8" => "write the file as UTF-8";
    ENCODING_UNKNOWN "xml-encoding-unknown" Error "XML 1.0 4.3.3":
        "the encoding is none that readers know" => "write the file as UTF-8";
    BOM "byte-order-mark" Warning "XML 1.0 F; RFC 8259 8.1":
        "a byte order mark, which some readers take for text before the feed"
        => "write the file without it";
    DECLARATION "xml-declaration" Warning "XML 1.0 2.8":
        "the XML declaration does not tell the encoding"
        => "begin with <?xml version=\"1.0\" encoding=\"utf-8\"?>";
    VERSION "xml-version" Error "XML 1.0 2.8":
        "the XML version is not 1.0" => "write version=\"1.0\"";
    MALFORMED "xml-malformed" Error "XML 1.0 2.1":
        "the XML is not well-formed, and readers may refuse all of it"
        => "write feeds with an XML library, not by joining text";
    FORBIDDEN_CHARACTER "xml-forbidden-character" Error "XML 1.0 2.2":
        "a character that XML forbids, for which readers refuse the whole feed"
        => "leave it out; a reference to it is forbidden too";
    DISCOURAGED_CHARACTER "xml-discouraged-character" Warning "XML 1.0 2.2":
        "a control character that XML discourages"
        => "leave it out; it is often a quotation mark in Windows-1252 taken for Latin-1";
    REFERENCE "xml-reference" Error "XML 1.0 4.1":
        "an `&` that begins no reference" => "write `&amp;`";
    ENTITY "xml-entity" Error "XML 1.0 4.6":
        "an entity that XML does not know" => "write the character itself, or its number such as `&#160;`";
    DOUBLED_ATTRIBUTE "xml-doubled-attribute" Error "XML 1.0 3.1":
        "an attribute is given twice" => "give it once";
    DOCTYPE "xml-doctype" Warning "RSS profile; RFC 4287 2":
        "a DOCTYPE, for which some readers refuse a feed" => "leave it out";
    NAMESPACE_UNBOUND "xml-namespace-unbound" Error "Namespaces in XML 1.0 5":
        "a prefix that is bound to no namespace" => "bind it at the root: xmlns:prefix=\"...\"";
    NAMESPACE_UNUSED "xml-namespace-unused" Warning "RSS profile, namespaces":
        "a prefix is bound and never used" => "leave its xmlns out";
    NAMESPACE_MISTAKEN "xml-namespace-mistaken" Error "Namespaces in XML 1.0 2.3":
        "this is nearly the name of a known namespace, and so it means nothing"
        => "write the name exactly as its specification does, slashes included";
    NAMESPACE_NAME "xml-namespace-name" Warning "Namespaces in XML 1.0 2.2":
        "the name of the namespace is no URI" => "write it as its specification does";
    LANGUAGE "xml-lang" Warning "BCP 47 2.1":
        "this cannot be a language tag" => "write one such as `en` or `pt-BR`";
}
