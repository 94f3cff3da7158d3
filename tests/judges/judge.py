"""Runs the judges over the feeds that the program makes of awkward articles.

judge.py BINARY [--self-test]
"""

import fnmatch
import os
import sys
import tempfile
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import agreement
import articles
import documents
import metrics
import own
import readers
import rules
import selftest
from place import Place
from report import Report
from tree import Tree

# What is asked of every feeds folder; whether there may be nothing of the kind.
JUDGES = [
    ("xmllint takes every document", documents.well_formed, False),
    ("the schema of RFC 4287 holds", documents.atom_schema, False),
    ("feedparser mends nothing", documents.feedparser, False),
    ("RSS 2.0 and its profile hold", rules.rss, False),
    ("RFC 4287 holds where no schema tells", rules.atom, False),
    ("the schema of JSON Feed 1.1 holds", documents.json_schema, True),
    ("the HTML of entries is sound, safe and absolute", documents.content, False),
    ("the Nu Html Checker takes the HTML of entries", documents.nu_content, False),
    ("all formats say the same", agreement.formats, False),
    ("every article is told as it is", agreement.articles, False),
    ("each feed names its own address", agreement.addresses, True),
    ("every link between documents leads somewhere", agreement.links, True),
    ("archives give each entry once", agreement.archives, True),
    ("topics, speakers and folders have what is theirs", agreement.channels, True),
    ("newsboat takes over the list of feeds", readers.imported, True),
    ("feedwright's own rules find no error", own.rules, True),
    ("the Nu Html Checker takes every page", documents.nu_checker, True),
    ("pages serve everybody", documents.pages, True),
]

SITE = """
[site]
title = "Press & <Paper> ]]>"
description = "All that's \\"fit\\" & more"
url = "{url}"
author = "The Desk & Co."
language = "en"
[feeds]
max-entries = {most}
[topics]
max = {topics}
"""

# Everything that can be set about feeds, otherwise than by default.
OPTIONS = """
[feeds]
content = "digest"
date = "arrived"
tombstones = true
max-entries = 10
[topics]
min-articles = 5
[[feed]]
name = "Maps & <legends>"
query = 'map AND NOT topic:Harbors'
"""


def main(arguments):
    """Has every place built and judged, as many at once as there are cores."""
    binary = str(Path(arguments[0]).resolve())
    os.environ["JUDGES_BINARY"] = binary
    self_test = "--self-test" in arguments[1:]
    jobs = [by_hand] if self_test else [readers_day, pile, pile_on_disk, by_hand, site, disk, others, watched]
    report = Report([] if self_test else lines_of("known.txt"))
    with tempfile.TemporaryDirectory(prefix="judges-") as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        started = [
            pool.submit(run, job, binary, Path(folder) / job.__name__, list(report.known)) for job in jobs
        ]
        for job in as_completed(started):
            report.add(job.result())
    return report.end()


def run(job, binary, folder, known):
    """One job's report; what goes wrong with the judges themselves is a fault."""
    report = Report(known)
    folder.mkdir()
    try:
        job(report, binary, folder)
    except Exception:
        report.verdict(
            job.__name__, "the judges come to their end", 1, traceback.format_exc().splitlines()[-6:]
        )
    return report


def disk(report, binary, folder):
    """Every awkward article, read from disk."""
    tree = awkward(binary, folder / "disk", None)
    judge(report, tree)
    selftest.noticed(report, tree, selftest.COMMON, folder)


def site(report, binary, folder):
    """The same at a public address."""
    tree = awkward(binary, folder / "site", "https://press.example/a b/feeds/")
    judge(report, tree)
    selftest.noticed(report, tree, selftest.COMMON, folder)


def watched(report, binary, folder):
    """What the daemon tells those who watch over it."""
    metrics.judge(report, binary, folder)


def others(report, binary, folder):
    """Forty topics, and everything that can be set."""
    tree = forty(report, binary, folder / "forty")
    judge(report, tree)
    options(report, binary, folder / "options")


def pile(report, binary, folder):
    """Archives at a public address."""
    grows(report, binary, folder / "pile", "https://press.example/feeds/")


def pile_on_disk(report, binary, folder):
    """Archives that are read from disk."""
    grows(report, binary, folder / "pile on disk", None)


def by_hand(report, binary, folder):
    """The judges judged."""
    selftest.by_hand(report, folder)


def readers_day(report, binary, folder):
    """Readers that subscribe to a daemon."""
    readers.judge(report, binary, folder / "day")


def judge(report, tree):
    """Every judge's verdict on a feeds folder."""
    report.verdict(tree.name, "expected documents are there", *expected(tree))
    for name, of, may_be_none in JUDGES:
        report.verdict(tree.name, name, *of(tree), may_be_none)


def lines_of(name):
    """The lines of a file beside this one, without comments."""
    lines = Path(__file__).with_name(name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def expected(tree):
    """Documents that `expected.txt` asks for."""
    lines = [line.split(None, 1) for line in lines_of("expected.txt")]
    wanted = [pattern for place, pattern in lines if place in ("all", tree.name.split()[0])]
    there = tree.files()
    missing = [pattern for pattern in wanted if not fnmatch.filter(there, pattern)]
    return len(wanted), [f"there is no {pattern}" for pattern in missing]


def awkward(binary, folder, url):
    """The feeds of all awkward articles; the same again in another time zone."""
    sources = articles.awkward()
    place = Place(
        binary, folder, SITE.format(url=url, most=500, topics=8) if url else "[feeds]\nmax-entries = 500\n"
    )
    place.drop(sources)
    # Some of them have no text and are refused, which is an error of `build`.
    place.run("build", zone="Pacific/Chatham", codes=(0, 1))
    before = place.snapshot()
    place.run("build", zone="America/St_Johns", codes=(0, 1))
    if place.snapshot() != before:
        raise RuntimeError(f"{folder.name}: the same articles gave other bytes in another time zone")
    return Tree(folder.name, place.feeds, url and url.replace(" ", "%20"), sources)


def forty(report, binary, folder):
    """The feeds of articles with forty topics, before they have an address and
    after."""
    sources = list(articles.forty())
    config = "[topics]\nmax = 40\n"
    place = Place(binary, folder, config)
    place.drop(sources)
    place.run("build")
    before = Tree(folder.name, place.feeds, None, sources)
    ids = {path: [item.id for item in before.document(path).items] for path in before.feeds()}
    (place.folder / "config.toml").write_text(f'[site]\nurl = "https://other.example/"\n{config}')
    place.run("build")
    after = Tree(folder.name, place.feeds, "https://other.example/", sources)
    faults = [
        f"{path}: has other ids"
        for path in ids
        if [item.id for item in after.document(path).items] != ids[path]
    ]
    report.verdict(folder.name, "a new address changes no id", len(ids), faults)
    return after


def options(report, binary, folder):
    """The feeds with all that can be set, after some articles were withdrawn."""
    url = "https://press.example/feeds/"
    place = Place(binary, folder, f'[site]\nurl = "{url}"\n{OPTIONS}')
    wanted, missing = expected(Tree(folder.name, place.feeds, url))
    if "unknown setting" in place.run("check", codes=(0, 1, 2)):
        report.verdict(
            folder.name, "the settings are there", 0, missing if wanted > expected_of_all() else [], True
        )
        return
    sources = list(articles.pile(60))
    place.drop(sources)
    place.run("build")
    for source in sources[::7]:
        (place.folder / "watch" / source.path).unlink()
    place.run("build")
    kept = [source for number, source in enumerate(sources) if number % 7]
    for source in kept:
        # The date is that of their arrival.
        source.published = None
    tree = Tree(folder.name, place.feeds, url, kept)
    agreement.MIN_ARTICLES = 5
    judge(report, tree)
    agreement.MIN_ARTICLES = 3
    feed = tree.bytes("atom.xml")
    faults = [] if b"deleted-entry" in feed else ["atom.xml has no at:deleted-entry"]
    report.verdict(folder.name, "withdrawn articles have tombstones", 1, faults)
    text = {documents.plain(item.content) for path in tree.feeds() for item in tree.document(path).items}
    long = [said for said in text if len(said) > 900]
    report.verdict(folder.name, "entries are digests only", len(text), long)


def expected_of_all():
    """How many documents are expected of every place."""
    return sum(line.startswith("all ") for line in lines_of("expected.txt"))


def grows(report, binary, folder, url):
    """More articles than a feed holds, then more of them: pages of the archive
    do not change a byte."""
    place = Place(binary, folder, SITE.format(url=url, most=50, topics=3) if url else "[topics]\nmax = 3\n")
    sources = list(articles.pile(130))
    place.drop(sources)
    place.run("build")
    tree = Tree(folder.name, place.feeds, url, sources)
    # Without archives older articles are in no feed.
    whole = any(document.links.get("prev-archive") for document in map(tree.document, tree.feeds()))
    skipped = [] if whole else [agreement.articles, agreement.channels]
    for name, of, may_be_none in JUDGES:
        if of not in skipped:
            report.verdict(tree.name, name, *of(tree), may_be_none)
    report.verdict(tree.name, "expected documents are there", *expected(tree))
    before = agreement.full_pages(tree)
    more = list(articles.pile(45, start=130))
    for start in range(0, len(more), 15):
        place.drop(more[start : start + 15])
        place.run("build")
    tree = Tree(f"{folder.name} later", place.feeds, url, sources + more)
    faults = [
        f"{path}: has changed"
        for path, data in before.items()
        if not tree.path(path).is_file() or tree.bytes(path) != data
    ]
    report.verdict(tree.name, "archive pages are as they were", len(before), faults, True)
    history = [(name, of, none) for name, of, none in JUDGES if of in HISTORY and of not in skipped]
    for name, of, may_be_none in history:
        report.verdict(tree.name, name, *of(tree), may_be_none)

    # One of the oldest articles is edited, and another withdrawn.
    edited, gone = sources[0], sources[7]
    pages = pages_of(tree, edited, gone)
    before = agreement.full_pages(tree)
    edited.data = edited.data.replace(b"what came of it", b"what became of it")
    edited.title = edited.title.replace("what came of it", "what became of it")
    place.drop([edited])
    (place.folder / "watch" / gone.path).unlink()
    place.run("build")
    tree = Tree(
        f"{folder.name} edited", place.feeds, url, [source for source in sources + more if source is not gone]
    )
    changed = [
        path for path, data in before.items() if not tree.path(path).is_file() or tree.bytes(path) != data
    ]
    faults = [f"{path}: has changed" for path in changed if path.rpartition("/")[0] not in pages]
    report.verdict(tree.name, "archive pages of other articles are as they were", len(before), faults, True)
    for name, of, may_be_none in history:
        report.verdict(tree.name, name, *of(tree), may_be_none)


# What must hold of the whole history after every change.
HISTORY = (agreement.formats, agreement.articles, agreement.archives, agreement.channels, agreement.links)


def pages_of(tree, *sources):
    """The folders of archive pages that have these articles."""
    return {
        path.rpartition("/")[0]
        for path in tree.feeds("atom.xml")
        for item in tree.document(path).items
        if any(agreement.is_of(item, source) for source in sources)
    }


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
