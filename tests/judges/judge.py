"""Runs the judges over the feeds that the program makes of awkward articles.

    judge.py BINARY [--self-test]
"""

import fnmatch
import sys
import tempfile
from pathlib import Path

import agreement
import articles
import documents
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
    ("all formats say the same", agreement.formats, False),
    ("every article is told as it is", agreement.articles, False),
    ("each feed names its own address", agreement.addresses, True),
    ("every link between documents leads somewhere", agreement.links, True),
    ("archives give each entry once", agreement.archives, True),
    ("topics, speakers and folders have what is theirs", agreement.channels, True),
    ("newsboat takes over the list of feeds", readers.imported, True),
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


def main(arguments):
    """Builds the places, and has them judged."""
    binary = str(Path(arguments[0]).resolve())
    only_self_test = "--self-test" in arguments[1:]
    report = Report()
    with tempfile.TemporaryDirectory(prefix="judges-") as folder:
        folder = Path(folder)
        if only_self_test:
            selftest.judge(report, [], folder / "self-test")
            return report.end()
        disk = awkward(binary, folder / "disk", None, 8)
        judge(report, disk)
        site = awkward(binary, folder / "site", "https://press.example/a b/feeds/", 40)
        judge(report, site)
        for place, url in [("pile", "https://press.example/feeds/"), ("pile on disk", None)]:
            pile(report, binary, folder / place, url)
        readers.judge(report, binary, folder / "readers")
        selftest.judge(report, [disk, site], folder / "self-test")
    return report.end()


def judge(report, tree):
    """Every judge's verdict on a feeds folder."""
    report.verdict(tree.name, "expected documents are there", *expected(tree))
    for name, of, may_be_none in JUDGES:
        report.verdict(tree.name, name, *of(tree), may_be_none)


def expected(tree, path=Path(__file__).with_name("expected.txt")):
    """Documents that `expected.txt` asks for."""
    lines = [line.split(None, 1) for line in path.read_text().splitlines() if line and not line.startswith("#")]
    wanted = [pattern for place, pattern in lines if place in ("all", tree.name.split()[0])]
    there = tree.files()
    missing = [pattern for pattern in wanted if not fnmatch.filter(there, pattern)]
    return len(wanted), [f"there is no {pattern}" for pattern in missing]


def awkward(binary, folder, url, topics):
    """The feeds of all awkward articles; the same again in another time zone."""
    sources = articles.awkward()
    for source in sources:
        source.most_tags = topics
    config = SITE.format(url=url, most=500, topics=topics) if url else "[feeds]\nmax-entries = 500\n"
    place = Place(binary, folder, config)
    place.drop(sources)
    # Some of them have no text and are refused, which is an error of `build`.
    place.run("build", zone="Pacific/Chatham", codes=(0, 1))
    before = place.snapshot()
    place.run("build", zone="America/St_Johns", codes=(0, 1))
    if place.snapshot() != before:
        raise SystemExit(f"{folder.name}: the same articles gave other bytes in another time zone")
    return Tree(folder.name, place.feeds, url and url.replace(" ", "%20"), sources)


def pile(report, binary, folder, url):
    """More articles than a feed holds, then more of them: pages of the archive
    do not change a byte."""
    place = Place(binary, folder, SITE.format(url=url, most=50, topics=8) if url else "")
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
    faults = [f"{path}: has changed" for path, data in before.items() if not tree.path(path).is_file() or tree.bytes(path) != data]
    report.verdict(tree.name, "archive pages are as they were", len(before), faults, True)
    for name, of, may_be_none in JUDGES:
        if of in (agreement.articles, agreement.archives, agreement.channels, agreement.formats) and of not in skipped:
            report.verdict(tree.name, name, *of(tree), may_be_none)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
