"""A feeds folder written by hand, as it should be: with all documents that a
feeds folder can have. The judges must take it as it is, and none of the faults
that the self-test puts into it."""

import json
import re
import urllib.parse
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

from source import md
from tree import Tree

TITLE = "Model & <made> by hand"
# So many entries, and so many of them in an archive page.
COUNT, PAGE = 23, 5
NAMES = ("rss.xml", "atom.xml", "feed.json", "index.html")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def write(folder, url):
    """Writes the folder; the tree of it, with the articles that it shows."""
    folder.mkdir(parents=True)
    sources = [
        md(
            f"{'even' if number % 2 == 0 else 'odd'}/{number}.md",
            f"Entry {number} & <more>",
            "",
            published=stamp(number),
            authors=[f"Author {number} & Co."],
            tags=["Harbors & <quays>" if number % 2 == 0 else "Bridges"],
            speaker=["Ada Lind", "Bo Ek"][number % 2],
        )
        for number in range(COUNT)
    ]
    model = Model(folder, url, sources)
    model.channel("", range(COUNT), sources)
    model.channel("topics/harbors", range(0, COUNT, 2), sources)
    model.channel("folders/even", range(0, COUNT, 2), sources)
    for of in ("topics/bridges", "speakers/bo-ek", "folders/odd"):
        model.channel(of, range(1, COUNT, 2), sources)
    model.channel("speakers/ada-lind", range(0, COUNT, 2), sources)
    model.lists()
    return Tree("model", folder, url, sources)


def reference(text):
    """Plain text in RSS, with the references that its profile recommends."""
    return escape(text, quote=False).replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;")


def stamp(number):
    return (
        (datetime(2025, 3, 1, tzinfo=timezone.utc) + timedelta(hours=number))
        .isoformat()
        .replace("+00:00", "Z")
    )


class Model:
    def __init__(self, folder, url, sources):
        self.folder, self.url, self.sources = folder, url, sources
        self.channels = []

    def channel(self, folder, numbers, sources):
        """A channel's parts: full pages of the oldest, then the current one."""
        self.channels.append(folder)
        numbers = sorted(numbers)
        pages = max(0, (len(numbers) - 1) // PAGE)
        parts = {page + 1: numbers[page * PAGE : (page + 1) * PAGE] for page in range(pages)}
        parts[pages + 1] = []
        parts[0] = numbers[pages * PAGE :]
        for page, inside in parts.items():
            at = self.part(folder, page)
            older = page - 1 if page else pages
            links = {
                "self": at,
                "prev-archive": self.part(folder, older) if older else None,
                "next-archive": self.part(folder, page + 1) if 0 < page <= pages else None,
                "current": self.part(folder, 0) if page else None,
            }
            items = [(number, sources[number]) for number in reversed(inside)]
            made = (rss, atom, feed_json, page_html)
            for name, write in zip(NAMES, made):
                path = self.folder / f"{at}{name}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(
                    write(
                        self, {rel: to + name for rel, to in links.items() if to is not None}, items, folder
                    ),
                    encoding="utf-8",
                )

    def part(self, folder, page):
        """The folder of a part, with a slash at its end unless it is the root."""
        whole = "/".join(filter(None, [folder, f"archive/{page}" if page else ""]))
        return f"{whole}/" if whole else ""

    def to(self, path):
        return self.url + urllib.parse.quote(path)

    def lists(self):
        outlines = "".join(
            f'<outline type="rss" text="{folder or "all"}" xmlUrl="{self.to(self.part(folder, 0) + "atom.xml")}" htmlUrl="{self.to(self.part(folder, 0) + "index.html")}"/>'
            for folder in self.channels
        )
        (self.folder / "feeds.opml").write_text(
            f'{HEAD}<opml version="2.0"><head><title>{escape(TITLE)}</title></head><body>{outlines}</body></opml>\n'
        )
        (self.folder / "topics/index.html").write_text(
            html("Topics", "../", '<ul><li><a href="topics/harbors/index.html">Harbors</a></li></ul>', "")
        )


def content(number):
    return f'<blockquote><p>Said {number} &amp; said.</p><footer>— <cite>{["Ada Lind", "Bo Ek"][number % 2]}</cite></footer></blockquote><p>See <a href="https://model.example/?a=1&amp;b={number}">it</a>.</p>'


def rss(model, links, items, folder):
    rels = "".join(f'<atom:link rel="{rel}" href="{model.to(path)}"/>' for rel, path in links.items())
    history = "<fh:archive/>" if "current" in links else ""
    bound = ' xmlns:atom="http://www.w3.org/2005/Atom"' + (
        ' xmlns:fh="http://purl.org/syndication/history/1.0"' if history else ""
    )
    if items:
        bound += ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inner = "".join(
        f"<item><title>{reference(source.title)}</title><link>https://model.example/{number}</link><description>{escape(content(number))}</description>"
        f'<category>{reference(source.tags[0])}</category><guid isPermaLink="false">tag:model.example,2025:{number}</guid>'
        f"<pubDate>{format_datetime(datetime.fromisoformat(source.published.replace('Z', '+00:00')), usegmt=True)}</pubDate>"
        f"<dc:creator>{reference(source.authors[0])}</dc:creator><content:encoded><![CDATA[{content(number)}]]></content:encoded></item>"
        for number, source in items
    )
    return (
        f'{HEAD}<rss version="2.0"{bound}><channel><title>{reference(TITLE)}</title><link>{model.to("index.html")}</link><description>All</description>'
        f"<language>en</language><lastBuildDate>Sun, 02 Mar 2025 00:00:00 GMT</lastBuildDate><generator>hand</generator>"
        f"<docs>https://www.rssboard.org/rss-specification</docs><ttl>60</ttl>{history}{rels}{inner}</channel></rss>\n"
    )


def atom(model, links, items, folder):
    rels = "".join(f'<link rel="{rel}" href="{model.to(path)}"/>' for rel, path in links.items())
    history = "<fh:archive/>" if "current" in links else ""
    bound = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if history else ""
    inner = "".join(
        f'<entry xml:lang="en"><id>tag:model.example,2025:{number}</id><title>{escape(source.title)}</title><published>{source.published}</published>'
        f'<updated>{source.published}</updated><author><name>{escape(source.authors[0])}</name></author><category term="{escape(source.tags[0])}"/>'
        f'<link href="https://model.example/{number}"/><summary type="html">{escape(content(number))}</summary><content type="html">{escape(content(number))}</content></entry>'
        for number, source in items
    )
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"{bound}><id>tag:model.example,2025:feed/{folder}</id><title>{escape(TITLE)}</title>'
        f"<updated>2025-03-02T00:00:00Z</updated>{history}{rels}{inner}</feed>\n"
    )


def feed_json(model, links, items, folder):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "home_page_url": model.to("index.html"),
        "feed_url": model.to(links["self"]),
        "language": "en",
    }
    if "prev-archive" in links:
        feed["next_url"] = model.to(links["prev-archive"])
    feed["items"] = [
        {
            "id": f"tag:model.example,2025:{number}",
            "url": f"https://model.example/{number}",
            "title": source.title,
            "content_html": content(number),
            "date_published": source.published,
            "date_modified": source.published,
            "authors": [{"name": source.authors[0]}],
            "tags": source.tags,
        }
        for number, source in items
    ]
    return json.dumps(feed, ensure_ascii=False) + "\n"


def page_html(model, links, items, folder):
    own = links["self"].rpartition("/")[0]
    to_root = "../" * len([part for part in own.split("/") if part])
    shown = (
        "".join(
            f"<article><h2>{escape(source.title)}</h2>{content(number)}</article>" for number, source in items
        )
        or "<p>None yet.</p>"
    )
    kinds = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    # Who subscribes from a page of older entries wants the new ones.
    feed = re.sub(r"(^|/)archive/[0-9]+$", "", own)
    heads = "".join(
        f'<link rel="alternate" type="{kind}" href="{f"{feed}/{name}".lstrip("/")}" title="{name}">'
        for kind, name in zip(kinds, NAMES)
    )
    return html(TITLE, to_root or "./", shown, heads)


def html(title, base, body, heads):
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><base href="{base}"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">{heads}'
        f'</head><body><h1>{escape(title)}</h1><p><a href="index.html">All</a></p>{body}</body></html>\n'
    )
