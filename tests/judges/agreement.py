"""Do the documents agree: with each other, with the articles, as one web of
links, and as a whole history?"""

import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections import Counter

import html5lib

from documents import base_of, plain
from source import one_line
from tree import ATOM, moment

COMPARED = ("title", "link", "published", "authors", "categories", "content", "image", "language")

# From so many entries on a topic, a speaker and a folder have feeds.
MIN_ARTICLES = 3


def formats(tree):
    """The same entries in the same order with the same values in all formats
    of a folder."""
    count, faults = 0, []
    for folder, names in tree.folders.items():
        documents = [tree.document(f"{folder}/{name}".lstrip("/")) for name in names]
        first = documents[0]
        count += len(documents) > 1
        for other in documents[1:]:
            faults += differences(first, other)
    return count, faults


def differences(one, other):
    where = f"{one.path} and {other.path}"
    ids, others = [item.id for item in one.items], [item.id for item in other.items]
    if ids != others:
        missing = sorted(set(ids) ^ set(others))
        yield f"{where}: have not the same entries: {missing or 'another order, or one twice'}"
        return
    for a, b in zip(one.items, other.items):
        for name in COMPARED:
            if getattr(a, name) != getattr(b, name):
                yield f"{where}: {a.id}: {name}: {getattr(a, name)!r} is not {getattr(b, name)!r}"
        if a.updated and b.updated and a.updated != b.updated:
            yield f"{where}: {a.id}: updated: {a.updated} is not {b.updated}"


def articles(tree):
    """Every article is an entry, and says what the article says: titles and
    names exactly, so escaped once."""
    faults = []
    paths = [path for path in tree.feeds() if "/" not in path]
    for path in paths:
        items = [item for document in walk(tree, path, faults) for item in document.items]
        faults += [f"{path}: {fault}" for fault in as_the_articles(tree.sources, items)]
    return len(paths) * len(tree.sources), faults


def as_the_articles(sources, items):
    articles = [source for source in sources if source.title]
    shown = {source.path: [item for item in items if is_of(item, source)] for source in articles}
    for source in articles:
        found = shown[source.path]
        if not found and source.must:
            yield f"{source.path}: no entry has the title {source.shown_title!r} and its date"
        if len(found) > 1:
            yield f"{source.path}: it is shown {len(found)} times"
        for item in found[:1]:
            for fault in as_the_article(source, item):
                yield f"{source.path}: {fault}"
    known = {item.id for found in shown.values() for item in found}
    unknown = [item.title for item in items if item.id not in known]
    if len(unknown) > len(sources) - len(articles):
        yield f"entries that no article is: {unknown}"


def is_of(item, source):
    """Whether an entry is this article's."""
    return item.title == source.shown_title and (
        source.published is None or item.published == moment(source.published)
    )


def as_the_article(source, item):
    if source.url and item.link != source.url:
        yield f"links to {item.link!r} instead of {source.url!r}"
    if source.image and item.image != source.image:
        yield f"its picture is {item.image!r} instead of {source.image!r}"
    if source.authors and item.authors != [one_line(name) for name in source.authors]:
        yield f"by {item.authors} instead of {source.authors}"
    tags = [one_line(tag) for tag in source.tags]
    if missing := [tag for tag in tags[: source.most_tags] if tag not in item.categories]:
        yield f"has no category {missing}, but {item.categories}"
    text = plain(item.content)
    for said in source.says:
        if said not in text:
            yield f"does not say {said!r}"
    for wanted in source.has:
        if wanted not in item.content:
            yield f"its content has no {wanted!r}"
    for bad in source.never:
        if bad.lower() in item.content.lower():
            yield f"its content has {bad!r}"


def links(tree):
    """Every link between documents leads to one that is there, and is written
    in full where the address is known."""
    count, faults = 0, []
    # A feed names the page of its site, which others may write.
    pages = bool(tree.files(".html"))
    for path in tree.files(".xml", ".json", ".html", ".opml"):
        for link, base, whole in links_of(tree, path):
            target = tree.target(path, link, base)
            if target is None or target.endswith(".html") and not pages:
                continue
            count += 1
            if not tree.path(target).is_file():
                faults.append(f"{path}: {link!r} leads to {target}, which is not there")
            if whole and tree.url and not link.startswith(tree.url):
                faults.append(f"{path}: {link!r} is not written in full")
    return count, sorted(set(faults))


def links_of(tree, path):
    """Links, what they are relative to, and whether readers need them whole."""
    if path.endswith(".json"):
        for link in tree.document(path).links.values():
            yield link, "", True
    elif path.endswith(".html"):
        root = html5lib.parse(tree.bytes(path), namespaceHTMLElements=False)
        for element in root.iter():
            for name in ("href", "src"):
                if element.get(name) and element.tag != "base":
                    yield element.get(name), base_of(root), False
    else:
        try:
            root = ElementTree.fromstring(tree.bytes(path))
        except ElementTree.ParseError:
            return
        for element in root.iter():
            if element.tag in (f"{ATOM}link", "outline"):
                for name in ("href", "xmlUrl", "htmlUrl"):
                    if element.get(name):
                        yield element.get(name), "", True
            elif element.tag == "link" and element.text and not element.text.startswith("tag:"):
                yield element.text, "", True
    if path.endswith(("rss.xml", "atom.xml", "feed.json")):
        for item in tree.document(path).items:
            for link in re.findall(r'(?:href|src)="([^"]*)"', item.content):
                yield link.replace("&amp;", "&"), "", True
            if item.link:
                yield item.link, "", True


def walk(tree, path, faults):
    """A feed's documents from the current one to the oldest, as RFC 5005 and
    JSON Feed's next_url lead there."""
    found, seen = [], set()
    while path is not None:
        if path in seen or not tree.path(path).is_file():
            faults.append(f"{path}: the way back {'is a circle' if path in seen else 'leads to nothing'}")
            break
        seen.add(path)
        document = tree.document(path)
        found.append(document)
        older = document.links.get("prev-archive")
        if older is None:
            break
        target = tree.target(path, older)
        if target is None:
            faults.append(f"{path}: its older page is not in the folder: {older!r}")
        path = target
    return found


def currents(tree):
    """Feed documents that are not archive pages."""
    return [path for path in tree.feeds() if not re.search(r"(^|/)archive/\d+/", path)]


def archives(tree):
    """Walking back from each feed gives each entry once; walking forward
    leads back the same way; the formats have the same pages."""
    faults, ways, count = [], {}, 0
    for path in currents(tree):
        way = walk(tree, path, faults)
        folder, _, name = path.rpartition("/")
        count += len(way) > 1
        ids = [item.id for document in way for item in document.items]
        for id, times in Counter(ids).items():
            if times > 1:
                faults.append(f"{path}: the entry {id} stands {times} times on the way back")
        ways.setdefault(folder, []).append((name, ids, [len(document.items) for document in way]))
        faults += archive_links(tree, path, way)
    for folder, formats in ways.items():
        for name, ids, sizes in formats[1:]:
            if (ids, sizes) != formats[0][1:]:
                faults.append(
                    f"{folder or '.'}: {name} and {formats[0][0]} have not the same pages: {sizes} and {formats[0][2]}"
                )
    return count, faults


def archive_links(tree, path, way):
    if path.endswith(".json"):
        return
    if way and way[0].archive:
        yield f"{path}: the current feed calls itself an archive"
    for newer, older in zip(way, way[1:]):
        if not older.archive:
            yield f"{older.path}: does not call itself an archive"
        current = older.links.get("current")
        if current is None or tree.target(older.path, current) != path:
            yield f"{older.path}: its current feed is {current!r} instead of {path}"
        following = older.links.get("next-archive")
        if newer is way[0]:
            # The newest page names its follower before that is there.
            target = following and tree.target(older.path, following)
            if target and (not tree.path(target).is_file() or tree.document(target).items):
                yield f"{older.path}: what follows it is neither there nor empty: {following!r}"
        elif following is None or tree.target(older.path, following) != newer.path:
            yield f"{older.path}: is followed by {following!r} instead of {newer.path}"


def full_pages(tree):
    """The bytes of every document of archive pages that have entries."""
    pages = {}
    for path in tree.feeds():
        folder = path.rpartition("/")[0]
        if re.search(r"(^|/)archive/\d+$", folder) and tree.document(path).items:
            pages |= {name: tree.bytes(name) for name in tree.files() if name.rpartition("/")[0] == folder}
    return pages


def channels(tree):
    """Each feed of a topic, a speaker or a folder has exactly the entries that
    belong there."""
    faults, count = [], 0
    everything = [item for document in walk(tree, "atom.xml", faults) for item in document.items]
    belongs = {"topics": {}, "speakers": {}, "folders": {}}
    for item in everything:
        for topic in item.categories:
            belongs["topics"].setdefault(topic, set()).add(item.id)
        for source in tree.sources:
            if is_of(item, source):
                if source.speaker:
                    belongs["speakers"].setdefault(source.speaker, set()).add(item.id)
                parts = source.path.split("/")[:-1]
                for depth in range(1, len(parts) + 1):
                    belongs["folders"].setdefault("/".join(parts[:depth]), set()).add(item.id)
    found = {}
    for path in currents(tree):
        scope, _, rest = path.partition("/")
        if not rest or not belongs.get(scope):
            continue
        count += 1
        ids = {item.id for document in walk(tree, path, faults) for item in document.items}
        found.setdefault(scope, []).append(ids)
        # One whose entries were all withdrawn stays.
        if ids and ids not in belongs[scope].values():
            near = max(
                belongs[scope].items(), key=lambda one: len(one[1] & ids) - len(one[1] ^ ids), default=None
            )
            told = (
                f"; nearest is {near[0]!r}, which misses {len(near[1] - ids)} and has {len(ids - near[1])} too many"
                if near
                else ""
            )
            faults.append(f"{path}: its {len(ids)} entries are those of none of the {scope}{told}")
    for scope, feeds in found.items():
        for name, ids in belongs[scope].items():
            if len(ids) >= MIN_ARTICLES and ids not in feeds:
                faults.append(f"{scope}: {name!r} has {len(ids)} entries and no feed with just these")
    return count, faults


def addresses(tree):
    """Every document's link to itself is its own address."""
    faults, count = [], 0
    for path in tree.feeds() if tree.url else []:
        own = tree.document(path).links.get("self")
        count += 1
        if own is None or urllib.parse.unquote(own) != urllib.parse.unquote(tree.address(path)):
            faults.append(f"{path}: calls itself {own!r}")
    return count, faults
