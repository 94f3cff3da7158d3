"""What the daemon tells of itself, read by the parser of Prometheus' own client,
which takes nothing that the OpenMetrics standard does not."""

import json
import re
import subprocess
import urllib.error
import urllib.request

from place import PATIENCE, environment, wait_for
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

ARTICLE = """---
title: The {name} bridge
---

The council met about the {name} bridge on Tuesday, after the harbor and the road.

"We will have the bridge before the winter comes," said Mayor Ada Lindqvist.
"""

OPEN_METRICS = "application/openmetrics-text; version=1.0.0"

# A name ends with its unit, and says it in full.
ABBREVIATED = re.compile(r"_(ms|millis|milliseconds|us|kb|kib|mb|percent|secs|sec)(_|$)")


class Watched:
    """A daemon with a server."""

    def __init__(self, binary, folder):
        self.folder = folder
        (folder / "watch").mkdir(parents=True)
        self.log = (folder / "log").open("wb")
        self.daemon = subprocess.Popen(
            [binary, "run"],
            cwd=folder,
            env={**environment("UTC"), "FEEDWRIGHT_LISTEN": "127.0.0.1:0"},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )
        wait_for("the daemon's greeting", lambda: "Ctrl-C" in self.said())
        self.url = re.search(r"http://127\.0\.0\.1:\d+", self.said()).group()

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def get(self, path, accept):
        """The status, the media type and the text of an answer."""
        request = urllib.request.Request(self.url + path, headers={"Accept": accept})
        try:
            answer = urllib.request.urlopen(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode("utf-8")

    def stop(self):
        self.daemon.terminate()
        self.daemon.wait(PATIENCE)
        self.log.close()


def judge(report, binary, folder):
    """A daemon that is watched while it takes articles in."""
    watched = Watched(binary, folder / "watched")
    try:
        wait_for("the first pass", lambda: watched.get("/health", "*/*")[0] == 200)
        for name in ("old", "new"):
            path = watched.folder / f"{name}.md"
            path.write_text(ARTICLE.format(name=name), encoding="utf-8")
            path.rename(watched.folder / "watch" / path.name)
        wait_for("the articles", lambda: 'result="added"} 2' in watched.get("/metrics", "*/*")[2])
        watched.get("/rss.xml", "*/*")
        watched.get("/nothing", "*/*")
        _, media_type, text = watched.get("/metrics", OPEN_METRICS)
        _, plain_type, plain = watched.get("/metrics", "text/plain")
        status, health_type, health = watched.get("/health", "application/json")
    finally:
        watched.stop()

    families, faults = parsed(open_metrics, text)
    if not media_type.startswith("application/openmetrics-text; version=1.0.0"):
        faults.append(f"the media type is {media_type}")
    report.verdict("watched", "the parser of OpenMetrics takes /metrics", len(families), faults)
    report.verdict("watched", "metrics are named as they should be", len(families), names(families))

    before, faults = parsed(prometheus, plain)
    if not plain_type.startswith("text/plain; version=0.0.4"):
        faults.append(f"the media type is {plain_type}")
    missing = samples(families) - samples(before)
    faults += [f"{one} is not in the older form" for one in sorted(missing)]
    report.verdict("watched", "the parser of the older form takes it, too", len(before), faults)

    told = json.loads(health)
    faults = [f"{key} is {told.get(key)}" for key, value in [("status", "pass")] if told.get(key) != value]
    if (status, health_type) != (200, "application/health+json"):
        faults.append(f"{status} {health_type}")
    report.verdict("watched", "/health is JSON", 1, faults)

    noticed = [
        what
        for what, bad in [
            ("the end that is missing", text.replace("# EOF\n", "")),
            ("a family that stands there twice", text.replace("# EOF\n", "feedwright_ready 1\n# EOF\n")),
            ("a counter without `_total`", text.replace("feedwright_rescans_total", "feedwright_rescans")),
            ("a bucket that is less than the one before", re.sub(r'(pass_seconds_bucket\{le="\+Inf"\}) \d+', r"\1 0", text)),
            ("a unit that the name has not", text.replace("# UNIT feedwright_pass_seconds seconds", "# UNIT feedwright_pass_seconds bytes")),
        ]
        if bad == text or not parsed(open_metrics, bad)[1]
    ]
    report.verdict("watched", "the judge notices what is wrong", 5, [f"it does not notice {what}" for what in noticed])


def parsed(parser, text):
    """The families, or why there are none."""
    try:
        return list(parser(text)), []
    except ValueError as error:
        return [], [f"it is refused: {error}"]


def samples(families):
    return {sample.name for family in families for sample in family.samples}


def names(families):
    """What is wrong with the names of metrics."""
    for family in families:
        if not family.documentation.endswith("."):
            yield f"{family.name}: its meaning is no sentence"
        if ABBREVIATED.search(family.name):
            yield f"{family.name}: its unit is no base unit in full"
        if family.unit and not family.name.endswith(f"_{family.unit}"):
            yield f"{family.name}: it does not end with its unit"
        if not family.name.startswith(("feedwright_", "process_")):
            yield f"{family.name}: whose is it?"
