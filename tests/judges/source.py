"""Article files, and what a feed must say of each of them.

Everything is invented: people, places, addresses (`*.example`), texts. The same
call always gives the same text.
"""

import json
import random
import unicodedata
from dataclasses import dataclass, field


@dataclass
class Source:
    """An article file, and what has to be read back from the feeds."""

    path: str
    data: bytes
    # The title that the article states, as text; None where only an entry is
    # wanted, or where the article may be refused for having no text.
    title: str | None
    # Whether it must become an entry.
    must: bool = True
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    url: str | None = None
    # What it states to be about; the entry must have the first of them as
    # categories, as many as entries show.
    tags: list[str] = field(default_factory=list)
    most_tags: int = 8
    # Who is quoted in it, where feeds of speakers are asked for.
    speaker: str | None = None
    # Its lead picture, as feeds write the address.
    image: str | None = None
    # What the text of the content must say, white space folded.
    says: list[str] = field(default_factory=list)
    # What the content's HTML must have, and must not have.
    has: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)

    @property
    def shown_title(self):
        """The title as a single line without the characters that feeds drop,
        and no longer than one may be."""
        return None if self.title is None else cut(one_line(self.title))


def cut(line, most=300):
    """A line of no more letters than these, cut at a word if one ends in its
    second half."""
    if len(line) <= most:
        return line
    start = line[: most - 1]
    word = start.rfind(" ")
    if len(start[: max(word, 0)].encode()) > len(start.encode()) // 2:
        start = start[:word]
    return start.rstrip(" ,;:-\u2013\u2014") + "\u2026"


def is_dropped(c):
    """XML forbids it, or it is another control or no character at all, which
    HTML forbids; or the mark of byte order."""
    code = ord(c)
    if 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code == 0xFEFF or code & 0xFFFE == 0xFFFE:
        return True
    return unicodedata.category(c) == "Cc" and not c.isspace()


def one_line(text):
    """What a title becomes: one line in composed form, without what XML
    forbids."""
    kept = "".join(c for c in text if c in "\t\n\r\x85" or not is_dropped(c) and not "\x0b" <= c <= "\x1f")
    return " ".join(unicodedata.normalize("NFC", kept).split())


# Sentences of invented news; enough of them that no two articles are alike.
def phrases(text):
    return " ".join(text.split()).split("; ")


WHO = phrases("""The harbor office; A ferry captain; The night school; Two beekeepers; The reading
    room; The town orchestra; A retired surveyor; The allotment club; The river watch; A clock
    mender; The tram depot; The island council; A seed merchant; The lighthouse crew; The swimming
    club""")
DID = phrases("""counted; repaired; borrowed; painted; measured; moved; lost; found; mapped; sold;
    planted; opened; closed; described; cataloged; weighed""")
WHAT = phrases("""nine bridges; a drawer of keys; the old weather mast; forty kilometers of rope; the
    winter timetable; a stone wall; every second lamp; the salt stores; a painted gate; three narrow
    boats; the copper bells; a thousand index cards; the upper reservoir; seven orchards; the glass
    roof""")
WHEN = phrases("""before breakfast; on the coldest day of March; without telling anyone; for the
    third year running; during the long strike; while the square was flooded; as the tide turned; in
    a single afternoon; by the light of a van; against all advice""")
TOWNS = phrases("Orsk Quay; Lower Venn; Port Callis; Tannery Hill; Marrow Fen; Saint Odo; Velm")


def sentence(chance):
    return (
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)} in "
        f"{chance.choice(TOWNS)} {chance.choice(WHEN)}, and {chance.randrange(12, 9000)} people saw it."
    )


def story(name, speaker="Odalys Fenn", paragraphs=3):
    """A short story; another one for every name."""
    chance = random.Random(name)
    said = (
        f"“We counted {chance.randrange(11, 9000)} times, and {chance.choice(WHAT)} still came out "
        f"longer than the map says,” said {speaker}, who keeps the books in {chance.choice(TOWNS)}."
    )
    told = [" ".join(sentence(chance) for _ in range(3)) for _ in range(paragraphs)]
    return "\n\n".join([told[0], said, *told[1:]])


def quoted(text):
    """A YAML and JSON string; controls and what editors change are escaped."""
    out = json.dumps(text, ensure_ascii=False)
    return "".join(
        f"\\u{ord(c):04x}"
        if ord(c) < 0x10000
        and (unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") or c in "\ufeff\ufffe\uffff")
        else c
        for c in out
    )


def md(path, title, body, **expected):
    """A Markdown article with front matter that says what is expected."""
    front = [f"title: {quoted(title)}"]
    for key, name in (("published", "date"), ("url", "url")):
        if key in expected:
            front.append(f"{name}: {expected[key]}")
    for key, name in (("authors", "authors"), ("tags", "tags")):
        if key in expected:
            front.append(f"{name}: [{', '.join(map(quoted, expected[key]))}]")
    extra = expected.pop("front", [])
    text = "---\n" + "\n".join(front + extra) + f"\n---\n\n{body}\n"
    return Source(path, text.encode(), title, **expected)


def html(path, title, body, head="", **expected):
    """A web page; title is text and gets escaped here."""
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "url" in expected:
        head += f'<link rel="canonical" href="{expected["url"].replace("&", "&amp;")}">'
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escaped}</title>'
        f'<meta property="og:title" content="{escaped.replace(chr(34), "&quot;")}">{head}</head>'
        f"<body><article><h1>{escaped}</h1>{body}</article></body></html>"
    )
    return Source(path, page.encode(), title, **expected)


def paragraphs(name, **more):
    """A story as paragraphs of a page."""
    return "".join(f"<p>{part}</p>" for part in story(name, **more).split("\n\n"))
