"""The program on a folder of its own, and a web server that shows its feeds,
on this machine only."""

import http.server
import os
import signal
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

# Not a measure of speed: the machine may be busy.
PATIENCE = 120

TYPES = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml",
}


class Place:
    """A folder with `watch/`, and the program to run on it."""

    def __init__(self, binary, folder, config=""):
        self.binary = binary
        self.folder = Path(folder)
        self.feeds = self.folder / "feeds"
        (self.folder / "watch").mkdir(parents=True)
        (self.folder / "config.toml").write_text(config)
        self.daemon = None

    def drop(self, sources):
        """Writes article files, each renamed into place."""
        for source in sources:
            path = self.folder / "watch" / source.path
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".part")
            unfinished.write_bytes(source.data)
            unfinished.rename(path)

    def run(self, *arguments, zone="UTC", codes=(0,)):
        """Runs the program to its end; what it said."""
        done = subprocess.run(
            [self.binary, *arguments],
            cwd=self.folder,
            env=environment(zone),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        if done.returncode not in codes:
            raise RuntimeError(
                f"feedwright {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-800:]}"
            )
        return done.stdout + done.stderr

    def start(self, listen="off"):
        """Starts the daemon, which is served there, and waits until it has
        greeted."""
        log = self.folder / "log"
        with log.open("ab") as out:
            start = out.tell()
            self.daemon = subprocess.Popen(
                [self.binary, "run"],
                cwd=self.folder,
                env={**environment("UTC"), "FEEDWRIGHT_LISTEN": listen},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        wait_for("the daemon's greeting", lambda: b"Ctrl-C" in log.read_bytes()[start:])

    def stop(self):
        """Stops the daemon as a system does."""
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGTERM)
            try:
                self.daemon.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.daemon.kill()
                self.daemon.wait()
                raise
            finally:
                self.daemon = None

    def snapshot(self):
        """Every document's bytes."""
        paths = (path for path in self.feeds.rglob("*") if path.is_file())
        return {path.relative_to(self.feeds).as_posix(): path.read_bytes() for path in paths}


def environment(zone):
    """This one, without settings of the program, and with a time zone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FEEDWRIGHT_")}
    kept.pop("STATE_DIRECTORY", None)
    return {**kept, "TZ": zone, "NO_COLOR": "1", "FEEDWRIGHT_LISTEN": "off"}


def wait_for(what, is_so):
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.01)


class Server:
    """Shows a folder below a path, on a port that the system chooses.

    It never answers 304, since the folder may change within a second."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.folder = None
        # Changes what a program is shown, given its name, to see whether the
        # judges notice.
        self.change = None
        shown = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                shown.answer(self)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}{prefix}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, request):
        path = urllib.parse.unquote(request.path.partition("?")[0])
        inside = path.removeprefix(self.prefix)
        if not path.startswith(self.prefix) or ".." in inside.split("/"):
            return request.send_error(404)
        if inside == "" or inside.endswith("/"):
            inside += "index.html"
        try:
            body = (self.folder / inside).read_bytes()
        except OSError:
            return request.send_error(404)
        if self.change is not None:
            body = self.change(body, request.headers.get("User-Agent", ""))
        kind = next((kind for end, kind in TYPES.items() if inside.endswith(end)), "application/octet-stream")
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def close(self):
        self.http.shutdown()
        self.http.server_close()
