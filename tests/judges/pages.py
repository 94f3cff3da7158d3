#!/usr/bin/env python3
"""A browser judges the pages of the built-in server, and the Nu Html Checker
their HTML.

pages.py BINARY [PICTURES]

JUDGES_NPM is the folder of what npm installed. PICTURES is a folder for pictures
of all pages; without one none are taken.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from place import Place, wait_for

CONFIG = """
[site]
title = "The Lorn Courier"
[[feed]]
name = "Harbor watch"
query = "harbor OR port"
"""

ENGLISH = """+++
title = "{title}"
date = 2026-0{month}-1{day}T10:00:00Z
authors = ["Jo Lindqvist"]
tags = ["Roads and bridges", "Port Lorn", "{topic}"]
lang = "en"
{url}
+++

The harbor of Port Lorn is open again, the council said on Monday. It was vote {at} of the year.

"It is a bridge, not a monument," said {speaker}, who leads the works. "We opened it because it was ready."

![The quay in the morning](https://courier.example/{at}.jpg)

## What is next

"You cannot run a ferry on promises," {speaker} said. Buses run from Monday.
"""

ODD = {
    "odd/long.md": "+++\ntitle = \"{}\"\nlang = \"en\"\ntags = {}\n+++\n\nThe report has four volumes.\n".format(
        "Commission on harbor dues, quay fees and the lighting of fairways " * 5,
        json.dumps([f"Topic {at}" for at in range(90)]),
    ),
    "odd/hostile.md": "+++\ntitle = \"<script>alert(1)</script> & <b>bold</b>\"\nlang = \"en\"\n+++\n\n"
    "\"Is 2 < 3 && <img src=x onerror=alert(1)>?\" asked Ada Nordholm at the harbor.\n",
    "odd/bare.txt": "Short note\n",
    "world/verein.md": "+++\ntitle = \"Donaudampfschifffahrtsgesellschaftskapitänswitwenverein löst sich auf\"\n"
    "lang = \"de\"\n+++\n\nDer Verein löst sich auf. „Hundert Jahre sind genug“, sagte Käthe Überlinger.\n",
    "world/gesher.txt": "ראש העיר: הגשר ייפתח מחדש לפני הזמן\n\nהגשר מעל הנמל הפנימי נפתח שוב לתנועה אחרי"
    " אחד־עשר חודשים. האוטובוסים ייסעו בו מיום שני, והמעבורת תחזור בקיץ הבא.\n\n"
    "\"פתחנו אותו כי הוא היה מוכן\", אמרה אילנה ברנדט, ראש העיר.\n",
    "world/hashi.txt": "港の橋が予定より早く再開\n\n内港にかかる橋が十一か月ぶりに通行できるようになった。\n\n"
    "「準備ができたので、開通させました」と山田花子市長は話した。\n",
}

PAGES = ["", "search?q=harbor", "search?q=harbor+(port&language=en", "search?q=zz+yy", "topics", "speakers?filter=a"]


def write(place):
    """Writes articles of many kinds, and more than a page of them."""
    for at in range(30):
        text = ENGLISH.format(
            title=f"Harbor bridge opens for the {at}th time",
            month=at % 9 + 1,
            day=at % 9,
            topic=f"Subject {at % 4}",
            url="" if at % 3 else f'url = "https://courier.example/{at}"',
            speaker=["Ilse Brandt", "Piet O'Hara", "Renske Aaldering"][at % 3],
            at=at,
        )
        put(place, f"{['local', 'local/politics', 'sport'][at % 3]}/{at}.md", text)
    for path, text in ODD.items():
        put(place, path, text)


def put(place, path, text):
    path = place.folder / "watch" / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except urllib.error.URLError:
        return ""


def check_html(root, folder):
    """What the Nu Html Checker says of the HTML."""
    pages = [*PAGES, *re.findall(r'<h2><a href="([^"]+)"', get(root))[:2], "entries/none"]
    files = []
    for at, page in enumerate(pages):
        files.append(folder / f"page-{at}.html")
        request = urllib.request.Request(root + urllib.parse.quote(page, "/?=&+(%"), headers={"Accept": "text/html"})
        try:
            text = urllib.request.urlopen(request, timeout=60).read()
        except urllib.error.HTTPError as error:
            text = error.read()
        files[-1].write_bytes(text)
    jar = Path(os.environ["JUDGES_NPM"]) / "node_modules/vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "gnu", "--errors-only", *files], capture_output=True, text=True
    )
    for line in done.stderr.splitlines():
        print("fault:", line)
    return done.returncode == 0


def main(binary, pictures=None):
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(binary).resolve(), Path(folder) / "place", CONFIG)
        write(place)
        place.start(listen="127.0.0.1:0")
        try:
            log = (place.folder / "log").read_text()
            root = re.search(r"http://127\.0\.0\.1:\d+/", log)[0]
            wait_for("the articles to be served", lambda: "36 entries" in get(root + "search?language=&q=-zzzz"))
            is_sound = check_html(root, Path(folder))
            arguments = [root, place.folder / "watch", *([pictures] if pictures else [])]
            script = Path(__file__).with_name("pages.mjs")
            judged = subprocess.run(["node", script, *arguments])
            return 0 if is_sound and judged.returncode == 0 else 1
        finally:
            place.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
