"""A feeds folder as readers see it: documents, entries and links."""

import functools
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FEEDS = ("rss.xml", "atom.xml", "feed.json")

# Where a folder without a public address is taken to be.
NOWHERE = "http://folder.invalid/"


@dataclass
class Item:
    """An entry as one document has it."""

    id: str
    title: str
    link: str | None
    published: datetime | None
    # RSS does not say it.
    updated: datetime | None
    authors: list[str]
    categories: list[str]
    content: str
    summary: str
    image: str | None
    language: str | None


@dataclass
class Document:
    """A feed document, read."""

    path: str
    items: list[Item]
    # Links of the document itself: relation to address.
    links: dict[str, str]
    archive: bool = False
    bozo: list[str] = field(default_factory=list)


class Tree:
    """A feeds folder, and the address that it has on the web, if any."""

    def __init__(self, name, folder, url=None, sources=()):
        self.name = name
        self.folder = Path(folder)
        self.url = url
        self.sources = list(sources)
        self.read = {}

    @property
    def base(self):
        return self.url or NOWHERE

    @functools.cached_property
    def all_files(self):
        """Paths in the folder, sorted, as they were at the first look."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def files(self, *suffixes):
        """Those of some kinds, or all."""
        return [name for name in self.all_files if not suffixes or name.endswith(suffixes)]

    def path(self, name):
        return self.folder / name

    def bytes(self, name):
        return self.path(name).read_bytes()

    def feeds(self, name=None):
        """Paths of feed documents, of one format or of all."""
        names = FEEDS if name is None else (name,)
        return [path for path in self.files() if path.rsplit("/", 1)[-1] in names]

    @functools.cached_property
    def folders(self):
        """Folders that have feed documents, with the names of these."""
        found = {}
        for path in self.feeds():
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, []).append(name)
        return found

    def address(self, path):
        """The address of a document."""
        return self.base + urllib.parse.quote(path)

    def target(self, path, link, base=""):
        """The document that a link in another one leads to; None when it leads
        out of the folder."""
        there = urllib.parse.urljoin(urllib.parse.urljoin(self.address(path), base), link)
        there = urllib.parse.urldefrag(there).url
        if not there.startswith(self.base):
            return None
        inside = urllib.parse.unquote(there[len(self.base) :])
        return inside + "index.html" if inside == "" or inside.endswith("/") else inside

    def document(self, path):
        """A feed document as feedparser and a JSON reader see it."""
        if path not in self.read:
            of_json = path.endswith(".json")
            self.read[path] = read_json(self, path) if of_json else read_xml(self, path)
        return self.read[path]


def read_xml(tree, path):
    """Reads RSS or Atom. What feedparser would mend is left as it is, so that
    values can be compared exactly."""
    data = tree.bytes(path)
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    bozo = []
    if feed.bozo:
        bozo.append(f"{path}: bozo: {feed.get('bozo_exception')}")
    wanted = "rss20" if path.endswith("rss.xml") else "atom10"
    if feed.version != wanted:
        bozo.append(f"{path}: taken for {feed.version or 'nothing'} instead of {wanted}")
    if feed.encoding != "utf-8":
        bozo.append(f"{path}: taken to be in {feed.encoding}")
    items = [
        Item(
            id=entry.get("id", ""),
            title=entry.get("title", ""),
            # feedparser would give the id of an entry without a link.
            link=next(
                (one.get("href") for one in entry.get("links", []) if one.get("rel") == "alternate"), None
            ),
            published=moment(entry.get("published")),
            updated=moment(entry.get("updated")) if wanted == "atom10" else None,
            authors=[author.get("name", "") for author in entry.get("authors", []) if author],
            categories=[tag.term for tag in entry.get("tags", [])],
            content="".join(part.value for part in entry.get("content", [])),
            summary=entry.get("summary", ""),
            image=next((one.get("url") for one in entry.get("media_thumbnail", [])), None),
            language=entry.get("language")
            or entry.get("title_detail", {}).get("language")
            or feed.feed.get("language"),
        )
        for entry in feed.entries
    ]
    links, archive = {}, False
    try:
        root = ElementTree.fromstring(data)
        top = root if wanted == "atom10" else root.find("channel")
        for link in [] if top is None else top.findall(f"{ATOM}link"):
            links.setdefault(link.get("rel", "alternate"), link.get("href", ""))
        archive = top is not None and top.find(f"{HISTORY}archive") is not None
    except ElementTree.ParseError as error:
        bozo.append(f"{path}: {error}")
    return Document(path, items, links, archive, bozo)


def read_json(tree, path):
    """Reads JSON Feed."""
    try:
        feed = json.loads(tree.bytes(path).decode("utf-8"))
    except ValueError as error:
        return Document(path, [], {}, bozo=[f"{path}: {error}"])
    names = {"next_url": "prev-archive", "feed_url": "self", "home_page_url": "alternate"}
    links = {names[key]: feed[key] for key in names if key in feed}
    items = [
        Item(
            id=item.get("id", ""),
            title=item.get("title", ""),
            link=item.get("url") or item.get("external_url"),
            published=moment(item.get("date_published")),
            updated=moment(item.get("date_modified") or item.get("date_published")),
            authors=[author.get("name", "") for author in item.get("authors", [])],
            categories=item.get("tags", []),
            content=item.get("content_html", ""),
            summary=item.get("summary", ""),
            image=item.get("image"),
            language=item.get("language", feed.get("language")),
        )
        for item in feed.get("items", [])
    ]
    return Document(path, items, links)


def moment(text):
    """A date of RFC 822 or RFC 3339; None when it is neither."""
    if not text:
        return None
    try:
        if re.match(r"\d{4}-", text):
            return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
        return parsedate_to_datetime(text).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
