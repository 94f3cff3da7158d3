"""Judges of single documents: are they what the formats' rules say?"""

import functools
import json
import os
import re
import subprocess
import tempfile
import urllib.parse
from collections import Counter
from pathlib import Path

import html5lib
import jsonschema

HERE = Path(__file__).parent
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'
# Readers and their caches give up on larger documents.
LARGEST = 5_000_000


def xmllint(tree, paths, *options):
    """Runs xmllint over documents; gives what it says."""
    faults = []
    for start in range(0, len(paths), 400):
        some = paths[start : start + 400]
        command = ["xmllint", "--noout", "--nonet", *options, *some]
        done = subprocess.run(command, cwd=tree.folder, capture_output=True, text=True, errors="replace")
        said = [line for line in done.stderr.splitlines() if ": " in line]
        wrong = [line for line in said if not line.endswith(" validates")]
        faults += wrong
        if done.returncode and not wrong:
            faults.append(f"xmllint ended with {done.returncode}: {done.stderr[-200:]}")
    return faults


def well_formed(tree):
    """xmllint takes every XML document, which declares itself as it should."""
    paths = tree.files(".xml", ".opml")
    faults = xmllint(tree, paths)
    for path in paths:
        data = tree.bytes(path)
        if not data.startswith(DECLARATION):
            faults.append(f"{path}: starts with {data[:60]!r}")
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.append(f"{path}: {error}")
    for path in tree.files():
        size = tree.path(path).stat().st_size
        if size >= LARGEST:
            faults.append(f"{path}: has {size} bytes")
    return len(paths), faults


def atom_schema(tree):
    """The schema of RFC 4287 holds for every Atom document."""
    paths = tree.feeds("atom.xml")
    return len(paths), xmllint(tree, paths, "--relaxng", str(HERE / "atom.rng"))


def feedparser(tree):
    """feedparser has nothing to mend in any RSS or Atom document."""
    paths = tree.feeds("rss.xml") + tree.feeds("atom.xml")
    return len(paths), [fault for path in paths for fault in tree.document(path).bozo]


def json_schema(tree):
    """The schema of JSON Feed holds, and what the specification says of 1.1
    besides."""
    found = Path(os.environ["JUDGES_NPM"]) / "node_modules/jsonfeed-schema/schema-v1.1.json"
    judge = jsonschema.Draft7Validator(json.loads(found.read_text()))
    paths = tree.feeds("feed.json")
    faults = []
    for path in paths:
        try:
            feed = json.loads(tree.bytes(path).decode("utf-8"), object_pairs_hook=unique)
        except ValueError as error:
            faults.append(f"{path}: {error}")
            continue
        for error in judge.iter_errors(feed):
            faults.append(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
        faults += [f"{path}: {fault}" for fault in json_rules(tree, feed)]
    return len(paths), faults


def unique(pairs):
    """A JSON object, in which no name may stand twice."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the name {name!r} stands twice")
    return dict(pairs)


def json_rules(tree, feed):
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {feed.get('version')!r}"
    if not feed.get("title"):
        yield "there is no title"
    if tree.url and not (feed.get("feed_url") and feed.get("home_page_url")):
        yield "there is no feed_url or home_page_url"
    if "author" in feed:
        yield "the feed has author, which 1.1 deprecates"
    ids = [item.get("id") for item in feed.get("items", [])]
    for id in sorted({str(id) for id in ids if ids.count(id) > 1}):
        yield f"the id {id} stands twice"
    for item in feed.get("items", []):
        name = item.get("id")
        if not isinstance(name, str):
            yield f"the id {name!r} is no string"
        if "author" in item:
            yield f"{name}: has author, which 1.1 deprecates"
        if not item.get("content_html") and not item.get("content_text"):
            yield f"{name}: has no content"
        for key in ("date_published", "date_modified"):
            date = item.get(key)
            if date is not None and not re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", date
            ):
                yield f"{name}: {key} is {date!r}"
        for key in ("url", "external_url", "image", "banner_image"):
            if key in item and not re.match(r"https?://[^/\s]", item[key]):
                yield f"{name}: {key} is {item[key]!r}"


# What readers show of an entry; nothing else may be in it.
ELEMENTS = set(
    """a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp
    small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    audio video track picture bdi bdo section article aside header""".split()
)
ATTRIBUTES = set(
    """abbr align alt cite class colspan controls datetime dir headers height href hreflang id lang media
    open poster rel reversed role rowspan scope sizes span src srcset start title type value
    width""".split()
)
ADDRESSES = {"href", "src", "cite", "poster"}


@functools.cache
def content_faults(content):
    """What is wrong with an entry's HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(content)
    faults = [
        f"{code} at {at}: {content_near(content, at)}"
        for at, code, _ in parser.errors
        if code != "invalid-codepoint"
    ]
    for element in root.iter():
        if not isinstance(element.tag, str):
            faults.append(f"there is a comment: {element.text!r}")
            continue
        if element.tag not in ELEMENTS and element is not root:
            faults.append(f"there is <{element.tag}>")
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                faults.append(f"<{element.tag}> has {name}={value!r}")
            given = (
                [part.split()[0] for part in value.split(",") if part.strip()]
                if name == "srcset"
                else [value]
            )
            for address in given if name in ADDRESSES | {"srcset"} else []:
                schemes = r"(https?://[^/\s?#]|mailto:)" if name == "href" else r"https?://[^/\s?#]"
                if not re.match(schemes, address):
                    faults.append(f"<{element.tag}> has {name}={address!r}")
        if element.tag == "img" and element.get("alt") is None:
            faults.append(f"a picture has no alt: {element.get('src')!r}")
        if element.tag == "img" and {element.get("width"), element.get("height")} & {"0", "1"}:
            faults.append(f"a tracking pixel: {element.get('src')!r}")
    return faults


def content_near(content, at):
    line, column = at
    lines = content.split("\n")
    return repr(lines[line - 1][max(0, column - 40) : column + 20]) if line <= len(lines) else ""


def content(tree):
    """The HTML of entries has no syntax error, only what readers show, and
    absolute addresses."""
    count, faults, seen = 0, [], set()
    for path in tree.feeds():
        for item in tree.document(path).items:
            for part in (item.content, "" if path.endswith(".json") else item.summary):
                if (item.id, part) in seen:
                    continue
                seen.add((item.id, part))
                count += 1
                faults += [f"{path}: {item.title[:60]!r}: {fault}" for fault in content_faults(part)]
    return count, faults


def plain(content):
    """The text of HTML, with white space folded."""
    root = html5lib.parseFragment(content, namespaceHTMLElements=False)
    return " ".join("".join(root.itertext()).split())


def nu_checker(tree):
    """The Nu Html Checker finds no error in any page."""
    paths = tree.files(".html")
    return len(paths), checked(tree.folder, paths)


def nu_content(tree):
    """Nor in what readers make a page of: the HTML of an entry."""
    items = {item.id: item for path in tree.feeds() if "/" not in path for item in tree.document(path).items}
    with tempfile.TemporaryDirectory(prefix="judges-") as folder:
        names = []
        for number, item in enumerate(items.values()):
            names.append(f"{number}.html")
            page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>An entry</title></head><body>{item.content}</body></html>'
            (Path(folder) / names[-1]).write_text(page, encoding="utf-8")
        faults = checked(Path(folder), names)
    titles = [item.title[:60] for item in items.values()]
    return len(items), [
        re.sub(r"^(\d+)\.html", lambda name: repr(titles[int(name[1])]), fault) for fault in faults
    ]


def checked(folder, pages):
    """What the Nu Html Checker says of pages; of each the first few faults."""
    jar = Path(os.environ["JUDGES_NPM"]) / "node_modules/vnu-jar/build/dist/vnu.jar"
    faults, seen = [], Counter()
    for start in range(0, len(pages), 400):
        command = [
            "java",
            "-Xss8m",
            "-jar",
            str(jar),
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
            "--errors-only",
        ]
        done = subprocess.run(
            command + pages[start : start + 400], cwd=folder, capture_output=True, text=True
        )
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError):
            return [f"the checker ended with {done.returncode}: {done.stdout[-200:]}{done.stderr[-400:]}"]
        for message in messages:
            page = urllib.parse.unquote(message.get("url", "")).rsplit(f"{folder.name}/", 1)[-1]
            seen[page, message.get("message")] += 1
            if seen[page, message.get("message")] == 1:
                faults.append(
                    f"{page}:{message.get('lastLine')}: {message.get('message')}: {message.get('extract', '').strip()}"
                )
    return faults


def pages(tree):
    """Pages for people need no script, say their language, fit a telephone,
    suit the dark, and name their feeds."""
    paths = tree.files(".html")
    faults = []
    for path in paths:
        text = tree.bytes(path).decode("utf-8")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(text)
        faults += [f"{path}: {code} at {at}" for at, code, _ in parser.errors if code != "invalid-codepoint"]
        if not text.lower().startswith("<!doctype html>"):
            faults.append(f"{path}: does not start with its doctype")
        if root.find(".//script") is not None:
            faults.append(f"{path}: has a script")
        if not (root.findtext(".//title") or "").strip():
            faults.append(f"{path}: has no title")
        if root.find(".//meta[@name='viewport']") is None:
            faults.append(f"{path}: says nothing of telephones (viewport)")
        if "color-scheme" not in text:
            faults.append(f"{path}: has no dark form (color-scheme)")
        folder, _, name = path.rpartition("/")
        # Who subscribes from a page of older entries wants the new ones.
        folder = re.sub(r"(^|/)archive/[0-9]+$", "", folder)
        beside = tree.folders.get(folder, [])
        if name == "index.html" and beside:
            links = [link for link in root.iter("link") if "alternate" in link.get("rel", "").split()]
            named = [tree.target(path, link.get("href", ""), base_of(root)) for link in links]
            for feed in beside:
                if f"{folder}/{feed}".lstrip("/") not in named:
                    faults.append(f"{path}: does not name {feed} (autodiscovery)")
    return len(paths), faults


def base_of(root):
    """The address that a page's links are relative to, if it has another than
    its own."""
    base = root.find(".//base")
    return "" if base is None else base.get("href", "")
