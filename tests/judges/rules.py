"""What the specifications of RSS and Atom ask beyond a grammar."""

import re
import xml.etree.ElementTree as ElementTree
from email.utils import parsedate_to_datetime

from tree import ATOM, moment

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
RSS_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
CHANNEL = (
    {"title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate"}
    | {"lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput"}
    | {"skipHours", "skipDays", "item"}
)
ITEM = {
    "title",
    "link",
    "description",
    "author",
    "category",
    "comments",
    "enclosure",
    "guid",
    "pubDate",
    "source",
}
# These may stand several times.
SEVERAL = {"item", "category", "enclosure"}


def over(tree, name, rules):
    """Applies rules to every document of a name that parses at all."""
    paths = tree.feeds(name)
    faults = []
    for path in paths:
        data = tree.bytes(path)
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            faults.append(f"{path}: {error}")
            continue
        faults += [f"{path}: {fault}" for fault in [*namespaces(data), *rules(tree, path, root)]]
    return len(paths), faults


def namespaces(data):
    """Bound once, at the root, and only when used."""
    text = data.decode("utf-8", "replace")
    # Content is escaped or in CDATA, whose words are no markup.
    text = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
    root = re.search(r"<[A-Za-z][^>]*>", text)
    bound = re.findall(r"\sxmlns:?([\w.-]*)=", root.group(0)) if root else []
    for tag in re.findall(r"<[A-Za-z][^>]*>", text[root.end() :] if root else ""):
        if re.search(r"\sxmlns[:=]", tag):
            yield f"a namespace is bound below the root: {tag[:120]}"
    for prefix in filter(None, bound):
        if not re.search(rf"<{prefix}:|\s{prefix}:", text[root.end() :]):
            yield f"the namespace {prefix} is bound and not used"


def rss(tree):
    """RSS 2.0 and the RSS Advisory Board's profile."""
    count, faults = over(tree, "rss.xml", rss_rules)
    for path in tree.feeds("rss.xml"):
        text = tree.bytes(path).decode("utf-8", "replace")
        for name, value in re.findall(r"<(title|category|dc:creator)\b[^>]*>([^<]*)</", text):
            if re.search("&(amp|lt);", value):
                faults.append(
                    f"{path}: <{name}> has no references that every reader decodes once: {value[:80]}"
                )
    return count, faults


def rss_rules(tree, path, root):
    if root.tag != "rss" or root.get("version") != "2.0":
        yield f"the root is {root.tag} {root.attrib}"
    channels = root.findall("channel")
    if len(channels) != 1:
        yield f"there are {len(channels)} channels"
        return
    channel = channels[0]
    yield from strangers(channel, CHANNEL)
    dated = ["lastBuildDate"] if channel.find("item") is not None else []
    for name in ["title", "link", "description", "generator", "docs", "ttl", *dated]:
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no {name}"
    if not IRI.fullmatch(channel.findtext("link") or "") and tree.url:
        yield f"the channel's link is {channel.findtext('link')!r}"
    if not (channel.findtext("ttl") or "0").isdigit():
        yield f"ttl is {channel.findtext('ttl')!r}"
    yield from rss_date(channel, "lastBuildDate")
    own = [link.get("href", "") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if tree.url and (len(own) != 1 or not own[0].startswith(tree.url)):
        yield f"links to itself: {own}"
    yield from twice(item.findtext("guid") for item in channel.findall("item"))
    for item in channel.findall("item"):
        name = item.findtext("guid")
        for fault in rss_item(item):
            yield f"{name}: {fault}"


def rss_item(item):
    yield from strangers(item, ITEM)
    for name in ("title", "description", "guid", "pubDate"):
        if not (item.findtext(name) or "").strip():
            yield f"there is no {name}"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield "the guid is said to be a link"
    if not IRI.fullmatch(item.findtext("guid") or ""):
        yield "the guid is no IRI"
    link = item.findtext("link")
    if link is not None and not re.match(r"https?://[^/]", link):
        yield f"link is {link!r}"
    yield from rss_date(item, "pubDate")
    order = [child.tag for child in item]
    if CONTENT in order and "description" in order and order.index(CONTENT) < order.index("description"):
        yield "content:encoded stands before description"
    if item.find("author") is not None and "@" not in item.findtext("author"):
        yield "author has no address"
    for enclosure in item.findall("enclosure"):
        if not all(enclosure.get(name) for name in ("url", "length", "type")):
            yield f"an enclosure has only {enclosure.attrib}"
    for element in [item.find("title"), *item.findall("category"), *item.findall(CREATOR)]:
        if element is not None and (element.text or "") != " ".join((element.text or "").split(" ")).strip():
            yield f"white space around {element.text!r}"


def rss_date(element, name):
    date = element.findtext(name)
    if date is None:
        return
    if not RSS_DATE.fullmatch(date):
        yield f"{name} is {date!r}"
    elif parsedate_to_datetime(date).strftime("%a") != date[:3]:
        yield f"{name} names the wrong day: {date!r}"


def strangers(element, known):
    """Elements without a namespace that the format does not know, or that
    stand too often."""
    names = [child.tag for child in element]
    for name in names:
        if not name.startswith("{") and name not in known:
            yield f"<{name}> is none of RSS's elements"
    for name in known - SEVERAL:
        if names.count(name) > 1:
            yield f"<{name}> stands {names.count(name)} times"


def twice(ids):
    ids = list(ids)
    for id in sorted({str(id) for id in ids if ids.count(id) > 1}):
        yield f"the id {id} stands twice"


def atom(tree):
    """What RFC 4287 says in words."""
    return over(tree, "atom.xml", atom_rules)


def atom_rules(tree, path, root):
    if root.tag != f"{ATOM}feed":
        yield f"the root is {root.tag}"
    entries = root.findall(f"{ATOM}entry")
    yield from twice(entry.findtext(f"{ATOM}id") for entry in [root, *entries])
    yield from atom_links(root)
    own = [link.get("href", "") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if tree.url and (len(own) != 1 or not own[0].startswith(tree.url)):
        yield f"links to itself: {own}"
    newest = moment(root.findtext(f"{ATOM}updated"))
    author = root.find(f"{ATOM}author") is not None
    for entry in entries:
        name = entry.findtext(f"{ATOM}id")
        for fault in atom_entry(entry, author, newest):
            yield f"{name}: {fault}"


def atom_entry(entry, author, newest):
    if not IRI.fullmatch(entry.findtext(f"{ATOM}id") or ""):
        yield "the id is no absolute IRI"
    if not (entry.findtext(f"{ATOM}title") or "").strip():
        yield "there is no title"
    if not author and entry.find(f"{ATOM}author") is None:
        yield "there is no author, here or in the feed"
    for person in entry.findall(f"{ATOM}author"):
        if not (person.findtext(f"{ATOM}name") or "").strip():
            yield "an author has no name"
    yield from atom_links(entry)
    alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link"))
    content = entry.find(f"{ATOM}content")
    if not alternate and content is None:
        yield "there is neither content nor an alternate link"
    if entry.find(f"{ATOM}summary") is None:
        yield "there is no summary"
    published, updated = moment(entry.findtext(f"{ATOM}published")), moment(entry.findtext(f"{ATOM}updated"))
    if published is None or updated is None:
        yield f"dates that cannot be read: {entry.findtext(f'{ATOM}published')!r}, {entry.findtext(f'{ATOM}updated')!r}"
    elif published > updated:
        yield f"updated {updated} before it was published {published}"
    elif newest is not None and updated > newest:
        yield f"updated {updated} after the feed, {newest}"


def atom_links(element):
    """At most one alternate of a type and language, and only real addresses."""
    alternates = []
    for link in element.findall(f"{ATOM}link"):
        if link.get("rel", "alternate") == "alternate":
            alternates.append((link.get("type"), link.get("hreflang")))
        if re.match(r"(javascript|data|vbscript|file):", link.get("href", ""), re.IGNORECASE):
            yield f"a link to {link.get('href')!r}"
    for kind in set(alternates):
        if alternates.count(kind) > 1:
            yield f"two alternate links of {kind}"
