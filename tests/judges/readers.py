"""Feed readers that subscribe to a running daemon over loopback: newsboat and
rss2email."""

import configparser
import email
import email.policy
import json
import os
import sqlite3
import subprocess
import tempfile
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import feedparser

import agreement
import articles
from place import Place, Server, wait_for
from source import md, story
from tree import Tree

CONFIG = """
[site]
title = "Press & Paper"
url = "{url}"
[feeds]
max-entries = 500
"""


class Newsboat:
    """newsboat with one subscription. It takes entries of one id in two feeds
    for one entry, so that each feed has a newsboat of its own here."""

    def __init__(self, folder, url):
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "urls").write_text(f"{url}\n")
        (folder / "config").write_text("max-items 0\nreload-threads 1\n")
        self.cache = folder / "cache.db"

    def run(self, *arguments):
        files = ["-u", self.folder / "urls", "-c", self.cache, "-C", self.folder / "config"]
        return quiet(["newsboat", "-q", *files, *arguments], self.folder)

    def look(self):
        """Fetches the feed; faults."""
        return self.run("-x", "reload")

    def items(self):
        """Its entries: id to titles."""
        database = sqlite3.connect(self.cache)
        found = {}
        for guid, title in database.execute("SELECT guid, title FROM rss_item WHERE deleted = 0"):
            found.setdefault(guid, []).append(title)
        database.close()
        return found

    def counts(self):
        return Counter({guid: len(titles) for guid, titles in self.items().items()})


class Rss2email:
    """rss2email with one subscription, which puts its mails into a folder."""

    def __init__(self, folder, url):
        self.folder = folder
        (folder / "mail").mkdir(parents=True)
        faults = self.run("new", "reader@home.example")
        file = folder / "r2e.cfg"
        config = configparser.ConfigParser(interpolation=None)
        config.read(file)
        config["DEFAULT"].update(
            {
                "email-protocol": "maildir",
                "maildir-path": str(folder / "mail"),
                "maildir-mailbox": "in",
                "html-mail": "True",
                "use-8bit": "True",
                "verbose": "warning",
            }
        )
        with file.open("w") as out:
            config.write(out)
        faults += self.run("add", "feed", url)
        if faults:
            raise RuntimeError(f"rss2email does not subscribe: {faults}")

    def run(self, *arguments):
        return quiet(["r2e", "-c", "r2e.cfg", "-d", "r2e.json", *arguments], self.folder)

    def look(self):
        return self.run("run")

    def items(self):
        found = {}
        for path in (self.folder / "mail/in/new").glob("*"):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found.setdefault(mail["X-RSS-ID"], []).append(str(mail["Subject"]))
        return found

    def counts(self):
        return Counter({guid: len(titles) for guid, titles in self.items().items()})


def quiet(command, home):
    """Runs a reader at home; what it complains of."""
    done = subprocess.run(
        command,
        cwd=home,
        env={
            **os.environ,
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "ignore",
            "no_proxy": "*",
            "NO_PROXY": "*",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    said = [
        line for line in (done.stdout + done.stderr).splitlines() if "[INFO]" not in line and line.strip()
    ]
    if done.returncode:
        return [f"{command[0]} ended with {done.returncode}: {' | '.join(said[-3:])}"]
    return [f"{command[0]}: {line}" for line in said if command[0] == "r2e"]


class Subscriptions:
    """Readers of some feeds of a server, and what these feeds ever showed."""

    def __init__(self, folder, server, paths):
        self.server = server
        self.paths = paths
        self.shown = {path: set() for path in paths}
        self.readers = []
        for number, path in enumerate(paths):
            url = server.url + path
            kinds = (Newsboat,) if path.endswith(".json") else (Newsboat, Rss2email)
            self.readers += [(path, kind(folder / f"{number}-{kind.__name__}", url)) for kind in kinds]

    def look(self, new=None):
        """Every reader fetches; each has every entry that its feed ever showed,
        once, and nothing else. `new` tells how many are new of all entries."""
        faults = []
        for path in self.paths:
            ids = set(ids_in(self.server, path))
            fresh = sorted(ids - self.shown[path])
            if new is not None and "/" not in path and len(fresh) != new:
                faults.append(f"{path}: {len(fresh)} new entries instead of {new}: {fresh}")
            self.shown[path] |= ids
        for path, reader in self.readers:
            name = f"{type(reader).__name__} of {path}"
            faults += reader.look()
            counts = reader.counts()
            if path.endswith(".json") and not counts:
                # This newsboat is older than its JSON Feed.
                continue
            faults += [f"{name}: shows {id} {times} times" for id, times in counts.items() if times > 1]
            faults += [f"{name}: does not show {id}" for id in sorted(self.shown[path] - set(counts))]
            faults += [
                f"{name}: shows {id}, which was never in the feed"
                for id in sorted(set(counts) - self.shown[path])
            ]
        return len(self.readers), faults


def ids_in(server, path):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(server.url + urllib.parse.quote(path, safe="/?=")) as answer:
        body = answer.read()
    if path.endswith(".json"):
        return [item["id"] for item in json.loads(body)["items"]]
    return [entry.id for entry in feedparser.parse(body).entries]


class Newsroom:
    """A daemon at work, its server and its subscribers."""

    def __init__(self, binary, folder):
        self.server = Server("/press/feeds/")
        self.place = Place(binary, folder, CONFIG.format(url=self.server.url))
        self.server.folder = self.place.feeds
        self.folder = folder
        self.markers = 0

    def entries(self):
        """Id to title in the feed of all entries, as it is on disk."""
        try:
            data = (self.place.feeds / "atom.xml").read_bytes()
        except FileNotFoundError:
            return {}
        return {entry.id: entry.title for entry in feedparser.parse(data, sanitize_html=False).entries}

    def wait(self, *titles):
        for title in titles:
            wait_for(f"the entry {title!r}", lambda title=title: title in self.entries().values())

    def marker(self):
        """Drops an article that shows when all before it is done."""
        self.markers += 1
        title = f"Marker {self.markers}"
        self.place.drop([md(f"marker-{self.markers}.md", title, story(title))])
        return title

    def watch(self, name):
        return self.place.folder / "watch" / name


def judge(report, binary, folder):
    """A day of subscribers: what they see when articles come, change, move and
    go."""
    room = Newsroom(binary, folder)
    try:
        day(report, room)
    except (RuntimeError, TimeoutError, OSError) as error:
        log = room.folder / "log"
        report.verdict(
            "readers",
            "the day comes to its end",
            1,
            [f"{type(error).__name__}: {error}", log.exists() and log.read_text()[-1500:]],
        )
    finally:
        room.place.stop()
        room.server.close()


def day(report, room):
    place = room.place
    place.drop([*articles.awkward(), *articles.pile(12)])
    place.start()
    room.wait(room.marker())

    paths = subscribed(Tree("readers", place.feeds, room.server.url))
    subscriptions = Subscriptions(room.folder / "home", room.server, paths)
    report.verdict("readers", f"each article once, in {', '.join(paths)}", *subscriptions.look())
    report.verdict("readers", "newsboat shows titles as they are", *titles(subscriptions))
    of_json = [len(reader.items()) for path, reader in subscriptions.readers if path.endswith(".json")]
    report.verdict("readers", "newsboat shows JSON Feed, from 2.38 on", sum(of_json), [], True)

    before = room.entries()
    place.drop(articles.pile(3, start=12))
    room.wait(*[source.shown_title for source in articles.pile(3, start=12)])
    report.verdict("readers", "new articles come, each once", *subscriptions.look(new=3))
    report.verdict("readers", "they and nothing else are new", 1, changes(before, room.entries(), new=3))

    before = room.entries()
    edited = md(
        "desk/note-0000.md",
        "Note 0, corrected & reset",
        story("pile 0", articles.SPEAKERS[0], 1) + "\n\nA correction was added.",
        published="2025-02-01T00:00:00Z",
        tags=["Harbors"],
    )
    place.drop([edited])
    room.wait(edited.title)
    report.verdict("readers", "an edit is no new entry", *subscriptions.look(new=0))
    report.verdict("readers", "and it keeps its id", 1, changes(before, room.entries()))
    corrected = [
        titles
        for path, reader in subscriptions.readers
        if isinstance(reader, Newsboat) and path in ("rss.xml", "atom.xml")
        for titles in reader.items().values()
        if edited.title in titles
    ]
    report.verdict(
        "readers",
        "newsboat shows the edit in its place",
        len(corrected),
        [] if len(corrected) == 2 else [f"{len(corrected)} of 2 feeds show it"],
    )

    before = room.entries()
    room.watch("desk/note-0003.md").rename(room.watch("desk/another name.md"))
    room.watch("field/note-0002.md").rename(room.watch("note-0002.md"))
    room.watch("desk/night").rename(room.watch("field/late"))
    room.watch("dates").rename(room.watch("days"))
    room.wait(room.marker())
    report.verdict("readers", "names and places of files show nothing new", *subscriptions.look(new=1))
    report.verdict("readers", "and no id changes with them", 1, changes(before, room.entries(), new=1))

    before = room.entries()
    place.stop()
    room.watch("emoji.md").touch()
    marker = room.marker()
    place.start()
    room.wait(marker)
    report.verdict("readers", "a restart shows nothing new", *subscriptions.look(new=1))
    report.verdict("readers", "and changes no id", 1, changes(before, room.entries(), new=1))

    before = room.entries()
    gone = ["cdata.md", "marks.md"]
    kept = {name: room.watch(name).read_bytes() for name in gone}
    for name in gone:
        room.watch(name).unlink()
    wait_for("the withdrawal", lambda: len(room.entries()) == len(before) - len(gone))
    report.verdict("readers", "withdrawn articles are not shown again", *subscriptions.look(new=0))
    room.watch(gone[0]).write_bytes(kept[gone[0]])
    wait_for("the return", lambda: len(room.entries()) == len(before) - len(gone) + 1)
    report.verdict("readers", "one that returns is no new entry", *subscriptions.look(new=0))
    report.verdict("readers", "and has its old id", 1, changes(before, room.entries(), gone=len(gone) - 1))

    before = room.entries()
    place.run("topics", "rename", "Harbors", "Ports & <Quays>", "--yes")
    wait_for(
        "the new name of the topic",
        lambda: b"Ports &amp; &lt;Quays&gt;" in (place.feeds / "atom.xml").read_bytes(),
    )
    report.verdict(
        "readers", "a renamed topic loses no subscriber and shows nothing new", *subscriptions.look(new=0)
    )
    report.verdict("readers", "and changes no id", 1, changes(before, room.entries()))


def imported(tree):
    """newsboat takes over the list of feeds: each feed of the folder, in some
    format, and nothing else."""
    paths = tree.files(".opml")
    faults = []
    for path in paths:
        with tempfile.TemporaryDirectory(prefix="judges-") as home:
            reader = Newsboat(Path(home) / "import", "")
            (reader.folder / "urls").write_text("")
            faults += reader.run("-i", str(tree.path(path)))
            # A line is an address, and perhaps tags.
            lines = (reader.folder / "urls").read_text().splitlines()
        taken = [line.split()[0] for line in lines if line.strip()]
        targets = [tree.target(path, url) for url in taken]
        faults += [
            f"{path}: {url} is none of the feeds"
            for url, target in zip(taken, targets)
            if target not in tree.feeds()
        ]
        folders = {target.rpartition("/")[0] for target in targets if target}
        missing = {current.rpartition("/")[0] for current in agreement.currents(tree)} - folders
        faults += [
            f"{path}: does not list the feeds of {folder or 'all entries'}" for folder in sorted(missing)
        ]
    return len(paths), faults


def subscribed(tree):
    """The feeds of all entries, one of each other kind, and the topic's that
    gets another name."""
    found, kinds = [], {}
    for path in agreement.currents(tree):
        folder, _, name = path.rpartition("/")
        first = kinds.setdefault(folder.split("/")[0], folder)
        if not folder or name != "feed.json" and folder in (first, "topics/harbors"):
            found.append(path)
    return found


def titles(subscriptions):
    """Titles that no reader would take for HTML, as newsboat has them."""
    wanted = [source.shown_title for source in articles.awkward() if source.title and source.must]
    wanted = [
        title for title in wanted if title.isprintable() and not set(title) & set("<&") and len(title) < 900
    ]
    count, faults = 0, []
    for path, reader in subscriptions.readers:
        if isinstance(reader, Newsboat) and path in ("rss.xml", "atom.xml"):
            shown = {title for titles in reader.items().values() for title in titles}
            count += len(wanted)
            faults += [f"newsboat of {path} has not {title!r}" for title in wanted if title not in shown]
    return count, faults


def changes(before, after, new=0, gone=0):
    """Ids that came or went against what was meant to."""
    came, went = set(after) - set(before), set(before) - set(after)
    if len(came) != new:
        yield f"{len(came)} new ids instead of {new}: {sorted(after[id] for id in came)}"
    if len(went) != gone:
        yield f"{len(went)} ids went instead of {gone}: {sorted(before[id] for id in went)}"
