#!/usr/bin/env python3
"""Readers poll the daemon itself for a day: newsboat and rss2email, through a
proxy that takes down what they ask and what they get. Articles come, change,
move and go meanwhile, and the daemon is started anew.

polled.py BINARY

Other judges look at what readers show of the folder's files; this one looks at
the conversation as well: is nothing sent twice, and does each get what it can
read?
"""

import http.client
import http.server
import re
import sys
import tempfile
import threading
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import articles
import feedparser
from place import PATIENCE, Place, wait_for
from readers import Newsboat, Rss2email, Subscriptions
from report import Report
from source import md, story

CONFIG = """
[site]
title = "Press & Paper"
[topics]
min-articles = 1
"""

# All entries in both formats, a topic and a search that somebody typed.
ALL = ["rss.xml", "atom.xml"]
SOME = ["topics/harbors/atom.xml", "search/rss.xml?q=map"]

# Who asks: rss2email has a library ask for it.
AGENTS = {"newsboat/": "newsboat", "feedparser/": "rss2email", "rss2email/": "rss2email"}

# What a proxy does not pass on of an answer, and of what was asked.
BETWEEN = {"connection", "keep-alive", "transfer-encoding", "upgrade", "host"}


@dataclass
class Exchange:
    """What was asked, and what was answered."""

    reader: str
    path: str
    asked: dict
    status: int
    answered: dict
    body: bytes

    @property
    def text(self):
        """The document that was sent, whatever its encoding."""
        if self.answered.get("content-encoding") == "gzip":
            return zlib.decompress(self.body, 31)
        return self.body

    def ids(self):
        """The entries in it."""
        return [entry.id for entry in feedparser.parse(self.text).entries]

    def __str__(self):
        return f"{self.reader} of {self.path}: {self.status}"


class Proxy:
    """Stands between the readers and the daemon, at an address that outlives it."""

    def __init__(self):
        self.daemon = None
        self.taken = []
        # Changes what is asked of the daemon, to see whether the judge notices.
        self.change = None
        between = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                between.pass_on(self)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.http.server_port}"
        self.url = f"http://{self.host}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def pass_on(self, request):
        asked = {name.lower(): value for name, value in request.headers.items()}
        sent = {name: value for name, value in asked.items() if name not in BETWEEN}
        if self.change is not None:
            sent = self.change(sent)
        to = http.client.HTTPConnection(self.daemon, timeout=PATIENCE)
        try:
            to.request("GET", request.path, headers={**sent, "Host": self.host})
            answer = to.getresponse()
            body = answer.read()
        finally:
            to.close()
        answered = {name.lower(): value for name, value in answer.getheaders()}
        agent = asked.get("user-agent", "").lower()
        reader = next((name for start, name in AGENTS.items() if agent.startswith(start)), None)
        if reader:
            path = request.path.lstrip("/")
            self.taken.append(Exchange(reader, path, asked, answer.status, answered, body))
        request.send_response_only(answer.status)
        for name, value in answered.items():
            if name not in BETWEEN and name != "content-length":
                request.send_header(name, value)
        # A 304 has no body, and says nothing of its length.
        if answer.status != 304:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def take(self):
        """What was said since this was asked last."""
        taken, self.taken = self.taken, []
        return taken

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class Day:
    """The daemon, those who poll it, and what is found."""

    def __init__(self, report, binary, folder):
        self.report = report
        self.proxy = Proxy()
        self.place = Place(binary, folder / "place", CONFIG)
        self.folder = folder
        self.said = []
        self.parts = []
        self.wholes = []
        self.markers = 0

    def start(self):
        log = self.place.folder / "log"
        before = log.stat().st_size if log.exists() else 0
        self.place.start(listen="127.0.0.1:0")
        told = log.read_bytes()[before:].decode()
        self.proxy.daemon = re.search(r"http://(127\.0\.0\.1:\d+)/", told)[1]

    def feed(self, path="atom.xml"):
        """Id to title, as the daemon serves it."""
        to = http.client.HTTPConnection(self.proxy.daemon, timeout=PATIENCE)
        try:
            to.request("GET", f"/{path}", headers={"Host": self.proxy.host})
            answer = to.getresponse()
            body = answer.read()
        finally:
            to.close()
        if answer.status != 200:
            return {}
        return {entry.id: entry.title for entry in feedparser.parse(body, sanitize_html=False).entries}

    def wait(self, *titles):
        for title in titles:
            wait_for(f"the entry {title!r}", lambda title=title: title in self.feed().values())

    def marker(self):
        """Drops an article that is served when all before it is done."""
        self.markers += 1
        title = f"Marker {self.markers}"
        self.place.drop([md(f"marker-{self.markers}.md", title, story(title))])
        self.wait(title)

    def settled(self):
        """Waits until nothing is published any more."""
        before = None
        while before != (before := [self.feed(path) for path in ALL + SOME]):
            time.sleep(0.3)

    def look(self, words, new=None):
        """Everybody polls: the verdict on what they show, and what was said."""
        self.verdict(words, *self.subscriptions.look(new=new))
        taken = self.proxy.take()
        self.said += taken
        self.parts += [one for one in taken if one.status == 226]
        self.wholes += [one for one in taken if one.status == 200]
        return taken

    def verdict(self, words, count, faults, may_be_none=False):
        self.report.verdict("polled", words, count, faults, may_be_none)


def of(taken, reader, paths=None):
    return [one for one in taken if one.reader == reader and (paths is None or one.path in paths)]


def other_than(status, taken):
    return len(taken), [f"{one}, not {status}" for one in taken if one.status != status]


def judge(report, binary, folder):
    day = Day(report, binary, folder)
    try:
        course(day)
        noticed(day)
    except (RuntimeError, TimeoutError, OSError) as error:
        log = day.place.folder / "log"
        told = log.read_text()[-1500:] if log.exists() else ""
        day.verdict("the day comes to its end", 1, [f"{type(error).__name__}: {error}", told])
    finally:
        day.place.stop()
        day.proxy.close()


def course(day):
    place = day.place
    place.drop(articles.pile(12))
    day.start()
    day.marker()
    wait_for("the topic's feed", lambda: day.feed(SOME[0]))
    day.settled()
    day.subscriptions = Subscriptions(day.folder / "home", day.proxy, ALL + SOME)

    # The first time.
    taken = day.look("who subscribes is shown every entry once")
    day.verdict("and is sent the whole", *other_than(200, taken))
    packed = [one for one in taken if "gzip" in one.asked.get("accept-encoding", "")]
    faults = [f"{one} is not compressed" for one in packed if not one.answered.get("content-encoding")]
    day.verdict("who takes it compressed gets it so", len(packed), faults)
    without = [one for one in taken if not one.answered.get("etag")]
    day.verdict("every answer has its tag", len(taken), [f"{one} has none" for one in without])
    without = [one for one in taken if "?" not in one.path and not one.answered.get("last-modified")]
    day.verdict("and its date, but that of a search", len(taken), [f"{one} has none" for one in without])
    shown = {title for _, one in day.subscriptions.readers for titles in one.items().values() for title in titles}
    missing = [title for title in day.feed().values() if not any(title in one for one in shown)]
    day.verdict("titles are shown as they are", len(shown), missing)

    # Nothing happens. newsboat remembers tags from the second time on.
    tags = {(one.reader, one.path): one.answered.get("etag") for one in taken}
    day.look("who asks again is shown nothing anew", new=0)
    taken = day.look("nor the third time", new=0)
    asked = [one for one in taken if "feed" in one.asked.get("a-im", "")]
    day.verdict("both say that they take feeds in part", len(asked), set(map(str, taken)) - set(map(str, asked)))
    day.verdict("newsboat is told so without a body", *other_than(304, of(taken, "newsboat")))
    day.verdict("so is rss2email", *other_than(304, of(taken, "rss2email")))
    day.verdict("and nothing is sent along", len(taken), [str(one) for one in taken if one.body])
    changed = [one for one in taken if one.answered.get("etag") != tags[one.reader, one.path]]
    day.verdict("it is the tag that the reader has", len(taken), map(str, changed))

    # Something new.
    before = set(day.feed())
    place.drop(articles.pile(3, start=12))
    day.wait(*[source.shown_title for source in articles.pile(3, start=12)])
    day.settled()
    came = set(day.feed()) - before
    taken = day.look("what is new is shown once", new=3)
    day.verdict("newsboat is sent a part", *other_than(226, of(taken, "newsboat", ALL)))
    day.verdict("which has what is new", *in_part(of(taken, "newsboat", ALL), came))
    day.verdict("rss2email is sent the whole, since it knows no part", *other_than(200, of(taken, "rss2email", ALL)))
    day.verdict("what has nothing new is not sent", *unchanged(day, taken, before | came))
    taken = day.look("and then nothing is shown anew", new=0)
    day.verdict("a part's tag is that of the whole", *other_than(304, taken))

    # An edit.
    edited = md(
        "desk/note-0000.md",
        "Note 0, corrected & reset",
        story("pile 0", articles.SPEAKERS[0], 1) + "\n\nA correction was added.",
        published="2025-01-01T00:00:00Z",
        tags=["Harbors"],
    )
    place.drop([edited])
    day.wait(edited.title)
    day.settled()
    its_id = {id for id, title in day.feed().items() if title == edited.title}
    taken = day.look("an edit is no new entry", new=0)
    day.verdict("newsboat is sent what was edited", *in_part(of(taken, "newsboat", ALL), its_id))
    held = [
        reader.items()
        for path, reader in day.subscriptions.readers
        if isinstance(reader, Newsboat) and path in ALL
    ]
    faults = [f"{items}" for items in held if any(items.get(id) != [edited.title] for id in its_id)]
    day.verdict("and shows it in its place", len(held), faults)

    # Another name of a file.
    watch = place.folder / "watch"
    (watch / "desk/note-0003.md").rename(watch / "desk/another name.md")
    (watch / "field/note-0005.md").rename(watch / "field/again.md")
    log = place.folder / "log"
    wait_for("the moves", lambda: log.read_bytes().count(b"moved to ") == 2)
    day.settled()
    taken = day.look("names of files show nothing new", new=0)
    day.verdict("and nothing is sent for them", *other_than(304, taken))

    # One goes, and comes back.
    kept = (watch / "field/again.md").read_bytes()
    before = day.feed()
    (watch / "field/again.md").unlink()
    wait_for("the withdrawal", lambda: len(day.feed()) == len(before) - 1)
    day.settled()
    gone = set(before) - set(day.feed())
    taken = day.look("what is withdrawn is shown as readers do it: what they have stays", new=0)
    again = [one for one in taken if one.status != 304 and gone & set(one.ids())]
    day.verdict("and is sent to nobody any more", len(taken), map(str, again))
    (watch / "field/again.md").write_bytes(kept)
    wait_for("the return", lambda: len(day.feed()) == len(before))
    day.settled()
    day.look("what comes back is no new entry", new=0)

    # A restart, and then one with something new.
    place.stop()
    day.start()
    wait_for("the feeds", lambda: len(day.feed()) == len(before))
    taken = day.look("a restart shows nothing new", new=0)
    day.verdict("and what readers have is known again", *other_than(304, taken))
    place.stop()
    place.drop(articles.pile(1, start=15))
    day.start()
    day.wait(*[source.shown_title for source in articles.pile(1, start=15)])
    day.settled()
    taken = day.look("what came while it was down is shown once", new=1)
    came = set(day.feed()) - set(before)
    lack = [one for one in of(taken, "newsboat", ALL) if not came <= set(one.ids())]
    day.verdict("it is in what they are sent", len(came), map(str, lack))

    # All day.
    odd = [one for one in day.said if one.status not in (200, 226, 304)]
    day.verdict("nobody ever got another answer", len(day.said), map(str, odd))
    odd = [one for one in day.parts if one.reader != "newsboat" or one.answered.get("im") != "feed"]
    day.verdict("parts go to newsboat alone, and say what they are", len(day.parts), map(str, odd))
    whole = {one.path: len(one.body) for one in day.wholes if one.reader == "newsboat"}
    large = [one for one in day.parts if len(one.body) >= whole.get(one.path, 0)]
    day.verdict("a part is smaller than the whole", len(day.parts), map(str, large))


def in_part(taken, wanted):
    """Parts have these entries and no others."""
    faults = [f"{one} has {sorted(set(one.ids()) ^ wanted)} beside" for one in taken if set(one.ids()) != wanted]
    return len(taken), faults


def unchanged(day, taken, known):
    """Who is not told 304 is sent something that was not there before."""
    sent = [one for one in taken if one.path in SOME and one.status != 304]
    old = [one for one in of(day.said, "newsboat", SOME) if one.status == 200]
    before = {one.path: set(one.ids()) for one in reversed(old) if one not in taken}
    faults = [f"{one} has nothing new" for one in sent if set(one.ids()) <= before[one.path]]
    return len(taken), faults


def noticed(day):
    """Does the judge notice what is wrong?"""
    unnoticed = []

    def polls(change):
        day.proxy.change = change
        day.proxy.take()
        faults = day.subscriptions.look(new=None)[1]
        day.proxy.change = None
        return list(faults), day.proxy.take()

    _, taken = polls(lambda sent: {key: value for key, value in sent.items() if not key.startswith("if-")})
    if not other_than(304, taken)[1]:
        unnoticed.append("a whole feed where nothing changed")
    # To rss2email a part is a fault: it is given one under another's name.
    day.marker()
    day.settled()
    faults, taken = polls(lambda sent: {**sent, "user-agent": "another/1"})
    if not any("rss2email" in fault.lower() or "r2e" in fault for fault in faults):
        unnoticed.append(f"an answer that rss2email cannot read: {[str(one) for one in taken]}")
    day.verdict("the judge notices what is wrong", 2, unnoticed)


def main(binary):
    report = Report()
    with tempfile.TemporaryDirectory(prefix="polled-") as folder:
        found = Report()
        judge(found, str(Path(binary).resolve()), Path(folder))
        report.add(found)
    return report.end()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
