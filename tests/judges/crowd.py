#!/usr/bin/env python3
"""A crowd at the daemon's door: clients that send slowly, read slowly or never
finish (slowhttptest), a thousand of each, and a thousand pages that wait for
news. Is somebody who only wants to read served all the while?

crowd.py BINARY

Nothing here is a measure of speed: the machine may be busy. What has to hold is
that every answer comes, and takes no longer than a person waits.
"""

import http.client
import os
import re
import resource
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import articles
from place import PATIENCE, Place, wait_for
from report import Report
from source import md, story

CROWD = 1000
# Descriptors for the crowd on this side, or on the daemon's: half of what it has.
DESCRIPTORS = 4 * CROWD

# What each does, for as many seconds: sends a header now and then, sends a body
# by and by, reads by and by.
SECONDS = 8
ATTACKS = {
    "slow heads": ["-H", "-i", "2"],
    "slow bodies": ["-B", "-i", "2", "-s", "100000"],
    "slow readers": ["-X", "-w", "10", "-y", "20", "-n", "2", "-z", "16", "-k", "3"],
}

# What somebody asks for who only wants to read.
WANTED = ["/", "/atom.xml", "/search?q=map", "/topics"]

# A person waits so long and takes no notice, in seconds; and so many times as
# long as without the crowd, on a machine that does much else.
NOTICED = 0.3
TIMES = 20
# Nobody waits longer than that.
LONGEST = 10.0

# What a page that waits may take of the daemon's memory, in KB, and all of them
# of its time while nothing happens, in percent of a core. As measured: 14, 0.
MEMORY = 100
IDLE = 15


class Daemon:
    """The daemon with articles in its feeds, and what it takes of the machine."""

    def __init__(self, binary, folder, config=""):
        self.place = Place(binary, folder, config)
        self.place.drop(articles.pile(200))
        self.place.start(listen="127.0.0.1:0")
        log = (self.place.folder / "log").read_text()
        self.address = re.search(r"http://(127\.0\.0\.1:\d+)/", log)[1]
        self.proc = Path(f"/proc/{self.place.daemon.pid}")
        wait_for("the first pass", lambda: self.get("/health")[0] == 200)

    def get(self, path, source=None, timeout=PATIENCE):
        """The status and the body of an answer."""
        to = http.client.HTTPConnection(self.address, timeout=timeout, source_address=source)
        try:
            to.request("GET", path)
            answer = to.getresponse()
            return answer.status, answer.read()
        finally:
            to.close()

    def came(self):
        """How many connections there have been."""
        return int(re.search(r"^feedwright_http_connections_accepted_total (\d+)", self.get("/metrics")[1].decode(), re.M)[1])

    def sockets(self):
        """How many sockets it has open."""
        links = []
        for path in (self.proc / "fd").iterdir():
            try:
                links.append(os.readlink(path))
            except OSError:
                continue
        return sum(link.startswith("socket:") for link in links)

    def memory(self):
        """What it holds, in KB."""
        return int(re.search(r"VmRSS:\s+(\d+)", (self.proc / "status").read_text())[1])

    def seconds(self):
        """The CPU time that it took."""
        fields = (self.proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Visitor:
    """Somebody who only wants to read, over and over: each time as a stranger."""

    def __init__(self, daemon, source=None, timeout=LONGEST):
        self.daemon = daemon
        self.source = source
        self.timeout = timeout
        self.took = []
        self.faults = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.come)

    def come(self):
        at = 0
        while not self.is_over.wait(0.02):
            path = WANTED[at % len(WANTED)]
            at += 1
            began = time.monotonic()
            try:
                status, body = self.daemon.get(path, self.source, self.timeout)
                if status != 200 or not body:
                    self.faults.append(f"{path}: {status} with {len(body)} bytes")
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{path}: {type(error).__name__}: {error}")
            self.took.append(time.monotonic() - began)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def median(self):
        return statistics.median(self.took)

    def judge(self, alone):
        """What was wrong, measured by the answers without a crowd."""
        limit = max(NOTICED, TIMES * alone)
        faults = list(self.faults)
        if self.took and self.median() > limit:
            faults.append(f"answers take {self.median():.3f} s, without the crowd {alone:.3f} s")
        return len(self.took), faults


def judge(report, binary, folder):
    daemon = Daemon(binary, folder / "slow")
    try:
        with Visitor(daemon) as visitor:
            time.sleep(3)
        alone = visitor.median()
        report.verdict("crowd", "somebody alone is served", *visitor.judge(alone))
        for name, options in ATTACKS.items():
            attacked(report, daemon, alone, name, options)
        noticed(report, daemon, alone)
    finally:
        daemon.place.stop()
    # Where nobody is believed about whom he asks for, everybody is counted.
    daemon = Daemon(binary, folder / "live", "[serve]\ntrusted-proxies = []\n")
    try:
        live(report, daemon, alone)
    finally:
        daemon.place.stop()


def attacked(report, daemon, alone, name, options):
    """A thousand at once."""
    before, memory, cpu = daemon.sockets(), daemon.memory(), daemon.seconds()
    came = daemon.came()
    most = held = 0
    url = f"http://{daemon.address}/atom.xml"
    command = ["slowhttptest", *options, "-c", str(CROWD), "-r", "500", "-l", str(SECONDS), "-u", url, "-v", "1"]
    with tempfile.TemporaryFile("w+") as said, Visitor(daemon) as visitor:
        attack = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        end = time.monotonic() + 4 * SECONDS
        while attack.poll() is None and time.monotonic() < end:
            most = max(most, daemon.sockets() - before)
            held = max(held, daemon.memory() - memory)
            time.sleep(0.1)
        attack.kill()
        attack.wait()
        said.seek(0)
        told = said.read()
    cpu = daemon.seconds() - cpu
    came = daemon.came() - came - len(visitor.took)
    faults = [] if came >= CROWD * 9 // 10 else [f"only {came} came: {told[-500:]}"]
    report.verdict("crowd", f"{name}: they come", came, faults)
    count, faults = visitor.judge(alone)
    report.verdict("crowd", f"{name}: somebody else is served", count, faults)
    report.say(
        f"      {most} held at once, {held / CROWD:.0f} KB for each that came, {cpu:.1f} s of CPU; "
        f"{count} answers to somebody else, median {visitor.median() * 1000:.0f} ms "
        f"(alone {alone * 1000:.0f} ms), longest {max(visitor.took) * 1000:.0f} ms"
    )
    wait_for("the end of the crowd", lambda: daemon.sockets() <= before + 2)


def live(report, daemon, alone):
    """A thousand pages wait for news, a hundred at each of ten addresses."""
    memory = daemon.memory()
    crowd = Crowd(daemon.address)
    try:
        crowd.come()
        report.verdict("crowd", "pages wait for news", CROWD, crowd.without(1))
        each = (daemon.memory() - memory) / CROWD
        cpu, began = daemon.seconds(), time.monotonic()
        time.sleep(4)
        share = 100 * (daemon.seconds() - cpu) / (time.monotonic() - began)
        report.say(f"      {each:.0f} KB each, {share:.1f} % of a core while nothing happens")
        report.verdict("crowd", "each takes little memory", CROWD, [f"{each:.0f} KB"] if each > MEMORY else [])
        report.verdict("crowd", "and no time while nothing happens", CROWD, [f"{share:.1f} %"] if share > IDLE else [])
        with Visitor(daemon, ("127.0.2.1", 0)) as visitor:
            time.sleep(3)
        # One asks 20 times a second for as long as it likes, and 240 times at once.
        report.verdict("crowd", "somebody else is served", *visitor.judge(alone))
        daemon.place.drop([md("news.md", "The news", story("the news"))])
        began = time.monotonic()
        crowd.read_until(2)
        report.verdict("crowd", "all of them are told what is new", CROWD, crowd.without(2))
        report.say(f"      the last {time.monotonic() - began:.2f} s after the article was dropped")
        one = Crowd(daemon.address, ["127.0.3.1"], 200)
        one.come()
        refused = one.closed()
        one.close()
        faults = [] if refused == 200 - 128 else [f"{refused} of 200 are refused"]
        report.verdict("crowd", "no address has more than 128", 200, faults)
    finally:
        crowd.close()
    wait_for("the end of the crowd", lambda: daemon.sockets() < 20)


class Crowd:
    """Pages that wait for news."""

    def __init__(self, address, sources=None, count=CROWD):
        self.to = tuple(address.rsplit(":", 1))
        self.sources = sources or [f"127.0.1.{number}" for number in range(1, 11)]
        self.count = count
        self.pages = {}
        self.selector = selectors.DefaultSelector()

    def come(self):
        """All of them connect, and are told what was published last."""
        host, port = self.to
        for number in range(self.count):
            page = socket.create_connection(
                (host, int(port)), PATIENCE, (self.sources[number % len(self.sources)], 0)
            )
            page.setblocking(False)
            self.pages[page] = b""
            self.selector.register(page, selectors.EVENT_READ)
            try:
                page.send(b"GET /live HTTP/1.1\r\nHost: crowd.example\r\n\r\n")
            except OSError:
                # It was closed at once: reading tells.
                continue
        self.read_until(1)

    def read_until(self, times):
        """Reads until everybody was told so often, or was hung up on."""
        end = time.monotonic() + PATIENCE
        waiting = set(self.pages)
        while waiting and time.monotonic() < end:
            for key, _ in self.selector.select(1):
                try:
                    data = key.fileobj.recv(65536)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if data:
                    self.pages[key.fileobj] += data
                else:
                    self.selector.unregister(key.fileobj)
                if not data or self.told(key.fileobj) >= times:
                    waiting.discard(key.fileobj)

    def without(self, times):
        """Who was told less often."""
        told = map(self.told, self.pages)
        return [f"one was told {count} times" for count in told if count < times]

    def told(self, page):
        return self.pages[page].count(b"event: published")

    def closed(self):
        """How many were hung up on."""
        return self.count - len(self.selector.get_map())

    def close(self):
        self.selector.close()
        for page in self.pages:
            page.close()


def noticed(report, daemon, alone):
    """Does the judge notice a daemon that serves nobody?"""
    os.kill(daemon.place.daemon.pid, signal.SIGSTOP)
    try:
        with Visitor(daemon, timeout=0.5) as visitor:
            time.sleep(1)
    finally:
        os.kill(daemon.place.daemon.pid, signal.SIGCONT)
    faults = visitor.judge(alone)[1]
    report.verdict("crowd", "the judge notices when nobody is served", 1, [] if faults else ["it does not"])


def main(binary):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < DESCRIPTORS:
        print(f"a crowd needs {DESCRIPTORS} descriptors, and this shell may have {most} (ulimit -Hn)")
        return 2
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, most))
    report = Report()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        found = Report()
        judge(found, str(Path(binary).resolve()), Path(folder))
        report.add(found)
    return report.end()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
