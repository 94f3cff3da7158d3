"""Do the judges notice? Each takes feeds that are as they should be, and none
takes them with a fault put in."""

import re
import shutil

import agreement
import documents
import model
import own
import readers
import rules
from place import Server
from tree import Tree

ITEM = {"rss.xml": r"<item>.*?</item>\s*", "atom.xml": r"<entry[ >].*?</entry>\s*"}


def change(pattern, instead, *paths, count=1):
    """A fault: what a pattern finds in documents is written in another way."""

    def fault(folder):
        for path in paths:
            file = folder / path
            text = file.read_text(encoding="utf-8")
            changed, times = re.subn(pattern, instead, text, count=count, flags=re.DOTALL)
            if not times or changed == text:
                raise RuntimeError(f"the self-test does not find {pattern!r} in {path}")
            file.write_text(changed, encoding="utf-8")

    return fault


def remove(*paths):
    return lambda folder: [(folder / path).unlink() for path in paths]


def drop_item(*paths):
    """The first entry is lost."""
    return lambda folder: [change(ITEM[path.rpartition("/")[2]], "", path)(folder) for path in paths]


def same_id(path):
    """The second entry has the id of the first."""

    def fault(folder):
        file = folder / path
        text = file.read_text(encoding="utf-8")
        first, second = re.findall(ITEM[path.rpartition("/")[2]], text, re.DOTALL)[:2]
        pattern = r"<guid[^>]*>(.*?)</guid>|<id>(.*?)</id>"
        ids = ["".join(re.search(pattern, item).groups("")) for item in (first, second)]
        file.write_text(text.replace(second, second.replace(ids[1], ids[0])), encoding="utf-8")

    return fault


def twice_escaped(*paths):
    """Titles that were escaped once too often."""
    return change(r"(<title[^>]*>[^<]*?)&(amp|#x26);", r"\1&amp;amp;", *paths, count=0)


# What is wrong in either the program's own feeds or those written by hand.
COMMON = [
    ("a control character in RSS", documents.well_formed, change("<title>", "<title>\x0b", "rss.xml")),
    ("a control character in Atom", documents.feedparser, change("<updated>", "\x01<updated>", "atom.xml")),
    ("U+FFFE", documents.well_formed, change("<title", "\ufffe<title", "atom.xml")),
    ("a mark of byte order", documents.well_formed, change("^", "\ufeff", "rss.xml")),
    ("no encoding declared", documents.well_formed, change(' encoding="utf-8"', "", "atom.xml")),
    (
        "an entity that XML does not know",
        documents.well_formed,
        change("<title>", "<title>&nbsp;", "rss.xml"),
    ),
    ("an Atom feed without its id", documents.atom_schema, change("<id>.*?</id>", "", "atom.xml")),
    (
        "an Atom date without a zone",
        documents.atom_schema,
        change(r"(\+00:00|Z)</updated>", "</updated>", "atom.xml"),
    ),
    (
        "an element that Atom does not have",
        documents.atom_schema,
        change("<published>", "<pubDate/><published>", "atom.xml"),
    ),
    ("two titles", documents.atom_schema, change("<published>", "<title/><published>", "atom.xml")),
    ("one id for two items", rules.rss, same_id("rss.xml")),
    ("one id for two entries", rules.atom, same_id("atom.xml")),
    ("changed before it was published", rules.atom, change("<published>....", "<published>9999", "atom.xml")),
    ("an id that is none", rules.atom, change("(<entry.*?<id>)[^<]*", r"\1/relative", "atom.xml")),
    ("a namespace without a use", rules.atom, change("<feed ", '<feed xmlns:unused="urn:x" ', "atom.xml")),
    (
        "the wrong day of the week",
        rules.rss,
        change(r"<pubDate>(Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "<pubDate>Xyz", "rss.xml"),
    ),
    ("a guid that would be a link", rules.rss, change('isPermaLink="false"', "", "rss.xml")),
    ("an element that RSS does not have", rules.rss, change("<guid", "<updated/><guid", "rss.xml")),
    (
        "full text before the digest",
        rules.rss,
        change(
            r"(<description>[^/]*?</description>|<description>(?:<!\[CDATA\[.*?\]\]>)</description>)(.*?)(<content:encoded>.*?</content:encoded>)(?=.*</item>)",
            r"\3\2\1",
            "rss.xml",
            count=0,
        ),
    ),
    ("a title that some readers decode twice", rules.rss, change("&#x26;", "&amp;", "rss.xml")),
    ("a lost entry", agreement.formats, drop_item("rss.xml")),
    ("the same lost in both", agreement.articles, drop_item("rss.xml", "atom.xml")),
    ("a title that differs", agreement.formats, twice_escaped("atom.xml")),
    ("titles escaped twice everywhere", agreement.articles, twice_escaped("rss.xml", "atom.xml")),
    (
        "another date in one format",
        agreement.formats,
        change("<published>....", "<published>1999", "atom.xml"),
    ),
    ("another author in one format", agreement.formats, change("<name>", "<name>Not ", "atom.xml", count=0)),
    (
        "another category in one format",
        agreement.formats,
        change('<category term="', '<category term="Not ', "atom.xml", count=0),
    ),
    (
        "a script",
        documents.content,
        change("&lt;p&gt;", "&lt;script&gt;1&lt;/script&gt;&lt;p&gt;", "atom.xml"),
    ),
    ("an event handler", documents.content, change("&lt;p&gt;", '&lt;p onclick="x"&gt;', "atom.xml")),
    (
        "a javascript: link",
        documents.content,
        change("&lt;p&gt;", '&lt;p&gt;&lt;a href="javascript:x"&gt;x&lt;/a&gt;', "atom.xml"),
    ),
    (
        "a relative link",
        documents.content,
        change("&lt;p&gt;", '&lt;p&gt;&lt;a href="../x"&gt;x&lt;/a&gt;', "atom.xml"),
    ),
    ("a relative picture", documents.content, change("<p>", '<p><img src="/x.jpg" alt="">', "rss.xml")),
    ("an element left open", documents.content, change("&lt;/blockquote&gt;", "", "atom.xml")),
]

PAGE = "archive/3/"

# What is wrong in documents that only the feeds written by hand are sure to have.
BY_HAND = [
    ("JSON that ends early", documents.json_schema, change(r"\]\}\s*$", "]", "feed.json")),
    ("a JSON id that is a number", documents.json_schema, change('"id": "[^"]*"', '"id": 7', "feed.json")),
    ("JSON Feed 1.0", documents.json_schema, change("version/1.1", "version/1", "feed.json")),
    (
        "a date of RSS in JSON",
        documents.json_schema,
        change('("date_published": )"[^"]*"', r'\1"Mon, 03 Mar 2025 00:00:00 GMT"', "feed.json"),
    ),
    (
        "a JSON item that says something else",
        agreement.formats,
        change('("title": "Entry)', r"\1 not", "feed.json"),
    ),
    (
        "a name that stands twice in JSON",
        documents.json_schema,
        change('"title"', '"title": "x", "title"', "feed.json"),
    ),
    (
        "another way back in one format",
        agreement.archives,
        change(
            '"next_url": "[^"]*"',
            '"next_url": "https://model.example/feeds/archive/2/feed.json"',
            "feed.json",
        ),
    ),
    ("a page of the archive that is lost", agreement.archives, remove(f"{PAGE}rss.xml")),
    ("an entry lost in the archive", agreement.archives, drop_item(f"{PAGE}rss.xml")),
    (
        "an entry lost in the archive of all formats",
        agreement.articles,
        drop_item(f"{PAGE}rss.xml", f"{PAGE}atom.xml"),
    ),
    (
        "an entry in two pages",
        agreement.archives,
        change(r"(tag:model.example,2025:)14", r"\g<1>19", f"{PAGE}atom.xml"),
    ),
    ("a circle", agreement.archives, change("archive/2/", "archive/4/", f"{PAGE}atom.xml")),
    (
        "a page that does not say what it is",
        agreement.archives,
        change("<fh:archive/>", "", f"{PAGE}rss.xml"),
    ),
    ("no way forward", agreement.archives, change('<link rel="next-archive"[^>]*/>', "", f"{PAGE}atom.xml")),
    (
        "a page whose feed is another",
        agreement.archives,
        change('(rel="current" href="[^"]*)atom', r"\1rss", f"{PAGE}atom.xml"),
    ),
    ("a topic's feed that lacks an entry", agreement.channels, drop_item("topics/harbors/atom.xml")),
    (
        "a folder's feed with another's entry",
        agreement.channels,
        change(r"(tag:model.example,2025:)22", r"\g<1>21", "folders/even/atom.xml"),
    ),
    (
        "a feed that names another as itself",
        agreement.addresses,
        change('(rel="self" href="[^"]*)atom', r"\1rss", "topics/harbors/atom.xml"),
    ),
    (
        "a link to nowhere",
        agreement.links,
        change('href="index.html"', 'href="absent.html"', "topics/index.html"),
    ),
    (
        "a list of a feed that is not there",
        agreement.links,
        change("speakers/bo-ek/atom.xml", "speakers/nobody/atom.xml", "feeds.opml"),
    ),
    (
        "a list that lacks a feed",
        readers.imported,
        change('<outline type="rss" text="topics[^>]*/>', "", "feeds.opml"),
    ),
    ("a list with a control character", documents.well_formed, change("<head>", "\x02<head>", "feeds.opml")),
    ("HTML with elements out of place", documents.nu_checker, change("<p>", "<ul><p>", "index.html")),
    (
        "an attribute that HTML does not have",
        documents.nu_checker,
        change("<h1>", '<h1 colour="red">', "topics/index.html"),
    ),
    (
        "a page that does not name its feeds",
        documents.pages,
        change('<link rel="alternate"[^>]*>', "", "index.html"),
    ),
    ("a page with a script", documents.pages, change("</body>", "<script>1</script></body>", "index.html")),
    (
        "a page that is never dark",
        documents.pages,
        change('<meta name="color-scheme"[^>]*>', "", "index.html"),
    ),
]


def by_hand(report, folder):
    """Puts each fault into a copy of feeds written by hand, and asks the judge
    for it."""
    made = model.write(folder / "model", "https://model.example/feeds/")
    faults = [f"{name}: {told[0]}" for name, told in taken(made).items() if told]
    report.verdict("self-test", "judges take feeds that are as they should be", 1, faults)
    noticed(report, made, COMMON + BY_HAND, folder, whole=True)
    if own.are_there():
        report.verdict(
            "self-test", "feedwright's own rules notice them too", *own_rules(made, folder / "own")
        )
    report.verdict("self-test", "what readers show wrong is noticed", *subscribers(made, folder / "home"))


def noticed(report, tree, cases, folder, whole=False):
    """Each fault is noticed by the judge that is there for it."""
    unnoticed = []
    for number, (name, of, fault) in enumerate(cases):
        copy = folder / f"fault {number}" / tree.folder.name
        copied(tree, copy, whole)
        fault(copy)
        if not list(of(Tree(tree.name, copy, tree.url, tree.sources))[1]):
            unnoticed.append(f"{name}: not noticed by {of.__module__}.{of.__name__}")
        shutil.rmtree(copy.parent)
    report.verdict(
        f"self-test with {tree.name}", "every fault put into documents is noticed", len(cases), unnoticed
    )


def own_rules(tree, folder):
    """Faults that any feed may have are found by the program's own rules."""
    unnoticed = [fault for _, fault in own.findings(tree.folder)]
    cases = [(name, fault) for name, _, fault in COMMON if name not in own.LEFT]
    for name, fault in cases:
        copied(tree, folder / "feeds", whole=True)
        fault(folder / "feeds")
        if not own.findings(folder / "feeds"):
            unnoticed.append(f"{name}: not noticed")
        shutil.rmtree(folder)
    return len(cases), unnoticed


def copied(tree, to, whole):
    """A copy to put a fault into: of a large folder, only what faults are put
    into."""
    if whole:
        shutil.copytree(tree.folder, to)
        return
    to.mkdir(parents=True)
    for name in ITEM:
        shutil.copy(tree.folder / name, to)


def taken(tree):
    """What each judge says of a folder."""
    judges = {of for _, of, _ in COMMON + BY_HAND}
    return {
        f"{of.__module__}.{of.__name__}": list(of(tree)[1])
        for of in sorted(judges, key=lambda of: of.__name__)
    }


def subscribers(tree, home):
    """Ids that change, for all or only for readers, and entries that readers
    are not shown."""
    server = Server("/feeds/")
    server.folder = tree.folder
    unnoticed, counts = [], 0
    renamed = lambda body: body.replace(b"tag:model.example,2025:", b"tag:model.example,2026:")
    without = lambda body: re.sub(rb"<(item|entry)\b.*?</\1>", b"", body, count=1, flags=re.DOTALL)
    cases = {
        "ids that change": lambda body, agent: renamed(body),
        "ids that change for readers": lambda body, agent: body if "urllib" in agent else renamed(body),
        "an entry that readers are not shown": lambda body, agent: (
            body if "urllib" in agent else without(body)
        ),
    }
    try:
        for number, (name, changed) in enumerate(cases.items()):
            subscriptions = readers.Subscriptions(home / str(number), server, ["atom.xml", "rss.xml"])
            if number < 2:
                _, faults = subscriptions.look()
                unnoticed += [f"{name}: at first: {fault}" for fault in faults]
            server.change = changed
            faults = subscriptions.look(new=0 if number < 2 else None)[1]
            server.change = None
            counts += 1
            wanted = (
                {"atom.xml", "rss.xml"}
                if number == 0
                else {
                    f"{reader} of {path}"
                    for reader in ("Newsboat", "Rss2email")
                    for path in ("atom.xml", "rss.xml")
                }
            )
            unnoticed += [
                f"{name}: {one}"
                for one in wanted
                if not any(fault.startswith(f"{one}: ") for fault in faults)
            ]
    finally:
        server.close()
    return counts, unnoticed
