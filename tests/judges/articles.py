"""Awkward articles, and what a feed must say of each of them.

Everything is invented: people, places, addresses (`*.example`), texts. The same
call always gives the same articles.
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
        """The title as a single line without the characters that feeds drop."""
        return None if self.title is None else one_line(self.title)


def is_dropped(c):
    """XML forbids it, or it is another control or no character at all, which
    HTML forbids; or the mark of byte order."""
    code = ord(c)
    if 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code in (0xFEFF, 0xFFFE, 0xFFFF):
        return True
    return unicodedata.category(c) == "Cc" and not c.isspace()


def one_line(text):
    """What a title becomes: one line in composed form, without what XML
    forbids."""
    kept = "".join(c for c in text if c in "\t\n\r\x85" or not is_dropped(c) and not "\x0b" <= c <= "\x1f")
    return " ".join(unicodedata.normalize("NFC", kept).split())


# Sentences of invented news; enough of them that no two articles are alike.
WHO = """The harbor office;A ferry captain;The night school;Two beekeepers;The reading room;
The town orchestra;A retired surveyor;The allotment club;The river watch;A clock mender;
The tram depot;The island council;A seed merchant;The lighthouse crew;The swimming club""".replace("\n", "").split(";")
DID = """counted;repaired;borrowed;painted;measured;moved;lost;found;mapped;sold;planted;opened;
closed;described;cataloged;weighed""".replace("\n", "").split(";")
WHAT = """nine bridges;a drawer of keys;the old weather mast;forty kilometers of rope;the winter
 timetable;a stone wall;every second lamp;the salt stores;a painted gate;three narrow boats;the
 copper bells;a thousand index cards;the upper reservoir;seven orchards;the glass roof""".replace("\n", "").split(";")
WHEN = """before breakfast;on the coldest day of March;without telling anyone;for the third year
 running;during the long strike;while the square was flooded;as the tide turned;in a single
 afternoon;by the light of a van;against all advice""".replace("\n", "").split(";")
TOWNS = "Orsk Quay;Lower Venn;Port Callis;Tannery Hill;Marrow Fen;Saint Odo;Velm".split(";")


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
        f"\\u{ord(c):04x}" if ord(c) < 0x10000 and (unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") or c in "\ufeff\ufffe\uffff") else c
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


ALL_CONTROLS = "".join(
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) == "Cc"
)
ALL_FORMAT = "".join(
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) == "Cf"
)
NONCHARACTERS = "".join(map(chr, range(0xFDD0, 0xFDF0))) + "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)


def characters():
    """Characters that break feeds."""
    for number, group in enumerate(["\x00\x01\x02\x08", "\x0b\x0c\x0e\x1f", "\x7f\x80\x81\x9f", "\x1b[31m"]):
        yield md(
            f"controls-{number}.md",
            f"Control {group}number {number} in a title",
            story(f"controls {number}") + f"\n\nA paragraph with {group.replace(chr(0), '')}these in it.",
            says=["these in it."],
        )
    yield md("controls-all.md", f"Every control: {ALL_CONTROLS}.", story("controls all"), tags=["Con\x07trols"])
    yield md("format-all.md", f"Every format character: {ALL_FORMAT}.", story("format all"))
    yield md("noncharacters.md", f"Noncharacters: {NONCHARACTERS}.", story("noncharacters") + f"\n\nHere they are: {NONCHARACTERS}.")
    yield md("private.md", "Private \ue000\uf8ff\U000f0000\U0010fffd use", story("private"))
    yield md("replacement.md", "A \ufffd replacement and a \ufeff mark", story("replacement"))
    yield Source(
        "raw-controls.txt",
        ("Raw controls in a text file\n\n" + story("raw") + "\n\nForm\x0cfeed, escape \x1b[1m, bell \x07, delete \x7f.\n").encode(),
        "Raw controls in a text file",
        must=False,
    )
    yield md("spaces.md", "  Spaces \t and\u00a0kinds\u2003of\u2028them\u2029and\x85ends \u3000", story("spaces"))
    yield md("cdata.md", "An end ]]> of CDATA <![CDATA[ and ]]]]>> more", story("cdata") + "\n\nThe words ]]> and `]]>` and <![CDATA[ stand here.\n\n```\nif (a[b[0]]>1) {}\n]]>\n```", says=["if (a[b[0]]>1) {}"])
    yield md("comments.md", "Comments <!-- and --> and <?php echo 1 ?> here", story("comments"))
    yield md("entities.md", "AT&T, R&D & Fish <3 > 2 \"quoted\" 'single'", story("entities") + "\n\nIn the text: 5 < 6 && 7 > 3, AT&T.", says=["5 < 6 && 7 > 3, AT&T."])
    yield html("entities-twice.html", "How to write &amp; and &lt;b&gt; and &nbsp; in a page", paragraphs("entities twice") + "<p>Write &amp;amp;lt; for a sign, &amp;nbsp; for a space.</p>", says=["Write &amp;lt; for a sign, &nbsp; for a space."])
    yield html("entities-named.html", "Caf\u00e9 \u2013 na\u00efve\u00a0words \u2026", paragraphs("named").replace("harbor", "harb&oacute;r") + "<p>One&nbsp;two&mdash;three&hellip; &NotEqualTilde; &zwj;&lrm;</p>")
    yield md("html-title.md", "<b>Bold</b> & <script>alert(1)</script> <img src=x onerror=alert(2)>", story("html title"))
    yield md("html-title-escaped.md", "Use &lt;em&gt; or <em>not</em>, said the &amp; sign", story("html title escaped"))
    yield md("long-title.md", "Ten thousand characters " + ("of a long, long title " * 450)[: 10_000 - 24 - 4] + "end.", story("long title"))
    yield md("long-title-astral.md", "Astral " + "\U0001d518\U00010330" * 1200, story("long astral"))
    yield md("long-word.md", "A long word", story("long word") + "\n\n" + "word" * 5000 + " ends.")
    yield md("emoji.md", "Emoji \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1fa\U0001f1e6 1\ufe0f\u20e3 \u2764\ufe0f\u200d\U0001f525 \U0001f44d\U0001f3fd", story("emoji") + "\n\n\U0001f389 Party \U0001f389", tags=["\U0001f680 Rockets", "C++", "R&D", "<b>"])
    yield md("astral.md", "Astral \U00010330\U0001d4d7\U00020000\U0002a600", story("astral") + "\n\n\U0001d518\U0001d52b\U0001d526", authors=["\U0001d4d0nn\U0001d4ea", "O\u2019Brien & Sons"])
    yield md("combining.md", "Z" + "\u0351\u036b\u0343" * 60 + "algo and e\u0301 against \u00e9", story("combining"))
    yield md("quotes-in-names.md", "Names with \"quotes\"", story("quotes in names"), authors=['Ada "The Pen" Lind', "Müller, Dr. Jürgen", "R. & J. Ode"], tags=["\"Quoted\"", "a, b", "semi;colon"])


def languages():
    """Scripts from right to left, and others."""
    yield md(
        "arabic.md",
        "افتتاح الجسر الجديد في ميناء كاليس",
        "أعلنت بلدية ميناء كاليس يوم الثلاثاء أن الجسر الجديد سيفتح أمام المارة في شهر مايو المقبل بعد أربع سنوات من العمل المتواصل على ضفتي النهر.\n\n"
        "قالت المهندسة ليلى الصواف: «لم نتأخر يوما واحدا عن الموعد الذي وعدنا به سكان الحي القديم قبل بداية الشتاء».\n\n"
        "وسيخدم الجسر نحو تسعة آلاف شخص في اليوم بحسب تقديرات دائرة النقل في المدينة.",
        has=['dir="rtl"'],
    )
    yield md(
        "hebrew.md",
        "הספרייה בנמל ונטה נפתחת מחדש",
        "הספרייה העירונית בנמל ונטה תיפתח מחדש ביום ראשון אחרי שלוש שנים של שיפוצים שעלו לעיר יותר ממה שתוכנן בתחילה.\n\n"
        "„חיכינו לרגע הזה הרבה מאוד זמן, והילדים של השכונה חיכו עוד יותר מאיתנו”, אמרה הספרנית תמר אלון־ביק.\n\n"
        "בבניין החדש יש מקום לארבעים אלף ספרים ולחדר קריאה שפתוח גם בלילה.",
        has=['dir="rtl"'],
    )
    yield md("marks.md", "A \u200ftitle\u200e with \u202eoverrides\u202c and \u2066isolates\u2069 in \u061cit", story("marks") + "\n\n\u202eThis is turned\u202c around, \u2067this\u2069 is not.")
    yield md("mixed.md", "Port Callis — ميناء כאן — 港", story("mixed") + "\n\nקלים و 港 in one line.")
    yield md("chinese.md", "港口的新桥将于五月通车", "港口管理局星期二宣布，新桥将于五月通车，比原计划提前了三个月。\n\n“我们没有想到会这么快，”工程师陈雨楼说，“居民们都很高兴。”\n\n这座桥每天将为九千人服务。")
    yield md("german.md", "Die Brücke öffnet — „endlich“", "Die neue Brücke über den Fluss wird im Mai eröffnet, teilte das Hafenamt am Dienstag mit.\n\n„Wir haben vier Jahre darauf gewartet, und nun kommt sie drei Monate früher als versprochen“, sagte die Bürgermeisterin Ottilie Brandt.\n\nTäglich sollen neuntausend Menschen sie benutzen.")
    yield html("thai.html", "สะพานใหม่ที่ท่าเรือจะเปิดในเดือนพฤษภาคม", "<p>สำนักงานท่าเรือประกาศเมื่อวันอังคารว่าสะพานใหม่จะเปิดในเดือนพฤษภาคม เร็วกว่ากำหนดสามเดือน</p><p>สะพานนี้จะรองรับผู้คนเก้าพันคนต่อวัน</p>".replace("<html lang=\"en\"", "<html"))


def links():
    """Links and pictures, good and bad."""
    body = story("links") + """

See [the other page](../other/page.html?a=1&b=2#top), [its root](/root), [a host](//cdn.callis.example/x),
[a fragment](#part), [nowhere](http://), [a space](https://callis.example/a b), [a mailbox](mailto:desk@callis.example),
[a script](javascript:alert(1)), [another](JaVaScRiPt:alert(1)), [a third](java&#10;script:alert(1)), [data](data:text/html,<b>x</b>),
[vb](vbscript:x), [a file](file:///etc/passwd), [brackets](https://callis.example/a[1]?x={y}|z), [percent](https://callis.example/100%),
[port](https://callis.example:99999/), [unicode](https://callis.example/größe/港).

![a picture](/pictures/bridge.jpg?w=1&h=2) ![none]() ![data](data:image/gif;base64,R0lGODlhAQABAAAAACw=)
"""
    never = ["javascript:", "vbscript:", "data:", "file:///"]
    yield md("links/based.md", "Links of all kinds, with an address", body, url="https://www.callis.example/news/2026/links.html?x=1&y=2", has=["https://www.callis.example/news/other/page.html?a=1&amp;b=2#top", 'href="https://www.callis.example/root"'], never=never)
    yield md("links/baseless.md", "Links of all kinds, without one", body, never=[*never, "../other"])
    yield html(
        "links/page.html",
        "A page with links and scripts of all kinds",
        paragraphs("page links")
        + """<p onclick="alert(1)">A <a href="JAVASCRIPT:alert(1)">bad</a>, <a href=" java&#x09;script:alert(2)">worse</a> and
        <a href="&#106;avascript:alert(3)" onmouseover="alert(4)">third</a>, a <a href="next.html" target="_blank" style="position:fixed">good one</a>.</p>
        <script>document.write("<p>written by script</p>")</script><style>p { display: none }</style>
        <svg xmlns="http://www.w3.org/2000/svg" onload="alert(5)"><script>alert(6)</script><text>drawn</text><a xlink:href="javascript:alert(7)"><circle r="9"/></a></svg>
        <iframe src="https://frames.example/"></iframe><form action="/post"><input name="q"><button>Send</button></form>
        <object data="x.swf"></object><embed src="y.swf"><math><mi xlink:href="javascript:alert(8)">x</mi></math>
        <img src="https://pics.example/a.jpg?x=1&amp;y=2&z=3" alt="Lamps & &quot;gates&quot;" onerror="alert(9)" srcset="small.jpg 1x, /big.jpg?a=1&amp;b=2 2x">
        <img src="https://track.example/pixel.gif?u=7" width="1" height="1" alt=""><img src="https://track.example/hidden.gif" style="display:none" alt="">
        <video src="clip.mp4" poster="poster.jpg" onplay="alert(10)"></video><a href="https://callis.example/?q=<script>alert(11)</script>">odd</a>
        <template><img src=x onerror=alert(12)></template><noscript><p>no script here</p></noscript><base href="https://evil.example/">""",
        head='<meta property="og:image" content="https://pics.example/lead.jpg?a=1&amp;b=2"><meta name="author" content="Runa &amp; Tove Eld">',
        url="https://www.callis.example/2026/page.html",
        image="https://pics.example/lead.jpg?a=1&b=2",
        authors=["Runa & Tove Eld"],
        never=["<script", "alert(", "<style", "<svg", "<iframe", "<form", "<input", "<object", "<embed", "onclick", "onerror", "onload", "style=", "written by script", "evil.example"],
    )
    yield md("links/picture.md", "A lead picture with an ampersand", story("lead picture"), front=['image: "https://pics.example/lead.jpg?a=1&b=\\"2\\"&c=<3>"'], url="https://pics.example/story?a=1&b=2", image="https://pics.example/lead.jpg?a=1&b=%222%22&c=%3C3%3E")
    yield md("links/tracking.md", "A tracking pixel", story("tracking") + '\n\n<img src="https://track.example/p.gif?id=1&x=2" width="1" height="1">\n\n![](https://pics.example/real.jpg)', never=["track.example"])


def shapes():
    """Structure: tables, code, lists, nesting, nothing at all."""
    yield md(
        "shapes/structure.md",
        "Tables, code and nested lists",
        story("structure")
        + """

## A heading with `code` & more

| Lamp | Count |
|---|---:|
| A & B | 5 < 6 |
| *C* | `]]>` |

1. One
   - inner *first*
   - inner **second**
     1. deepest
2. Two

> A quoted paragraph with a [link](https://callis.example/).
>
> > And one inside.

```html
<script>alert("shown as text & harmless")</script>
```

    indented\tcode
""",
        has=["<table", "<pre>", "<ol>", "<ul>", "<blockquote>", "<h"],
        says=['<script>alert("shown as text & harmless")</script>', "5 < 6", "deepest"],
    )
    yield html("shapes/deep-divs.html", "Three thousand boxes in each other", "<div>" * 3000 + paragraphs("deep divs") + "</div>" * 3000)
    yield html("shapes/deep-lists.html", "Lists four hundred deep", paragraphs("deep lists") + "<ul><li>item " * 400 + "</li></ul>" * 400)
    yield html("shapes/deep-quotes.html", "Quotes in quotes in quotes", paragraphs("deep quotes") + "<blockquote>" * 300 + "<p>The innermost words.</p>" + "</blockquote>" * 300)
    yield md("shapes/deep-markdown.md", "Markdown nested deep", story("deep markdown") + "\n\n" + ">" * 500 + " words\n\n" + "*" * 999 + "x" + "*" * 999 + "\n\n" + "[" * 500 + "y" + "](z)" * 500)
    yield html("shapes/unclosed.html", "Elements that nobody closed", paragraphs("unclosed") + "<p><b>bold <i>both</b> italic</i> <a href='https://callis.example/x'>link <a href='https://callis.example/y'>in a link</a><table><tr><td>cell<p>in<li>disorder</table><h2>Heading")
    yield html("shapes/table.html", "A table with spans and a picture", paragraphs("table") + "<table><caption>Lamps</caption><thead><tr><th>A</th><th colspan=2>B &amp; C</th></tr></thead><tbody><tr><td rowspan=2>1</td><td>2</td><td><a href='/x?a=1&amp;b=2'>three</a></td></tr><tr><td>4</td><td><ul><li>five</li></ul></td></tr></tbody></table>", url="https://callis.example/table")
    yield md("shapes/empty.md", "Nothing but a title", "", must=False)
    yield html("shapes/empty.html", "A page without words", "", must=False)
    yield md("shapes/one-word.md", "One word", "Yes.", must=False)
    yield md("untitled.md", "", story("untitled"), must=False)
    yield md("shapes/topics.md", "Forty topics", story("forty topics"), tags=[f"Subject {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(40)])
    yield md("shapes/many-authors.md", "Many authors", story("many authors"), authors=[f"Author {chr(65 + n)} Lind" for n in range(26)])
    yield Source("shapes/utf16.txt", "\ufeffText in UTF-16\n\n".encode("utf-16-le") + story("utf16").encode("utf-16-le"), "Text in UTF-16")
    yield Source("shapes/latin1.html", '<html><head><meta charset="iso-8859-1"><title>Café na place</title></head><body><article><h1>Café na place</h1>'.encode("latin-1") + paragraphs("latin1").replace("“", '"').replace("”", '"').encode("latin-1") + b"</article></body></html>", "Café na place")


def dates():
    """Dates at the edges."""
    for name, date, meant in [
        ("epoch", "1970-01-01T00:00:00Z", None),
        ("far", "9998-12-31T23:59:59Z", None),
        ("zone", "2024-02-29T23:30:00-11:00", "2024-03-01T10:30:00Z"),
        ("early", "1871-05-18T12:00:00Z", None),
        ("fraction", "2025-06-01T01:02:03.999999999Z", "2025-06-01T01:02:03Z"),
    ]:
        source = md(f"dates/{name}.md", f"A date: {name}", story(f"date {name}"), published=date)
        source.published = meant or date
        yield source


def same_names():
    """Files of one name, and articles of one title, in several folders."""
    for day, folder in enumerate(["north", "north/deep", "south", "Süd & West", "100% <b>", "sp ace/#hash?query"], 1):
        yield md(f"{folder}/report.md", "The weekly report", story(f"report {folder}"), published=f"2026-02-{day:02}T00:00:00Z")
        yield md(f"{folder}/minutes.md", f"Minutes of {folder}", story(f"minutes {folder}"), published=f"2026-02-{day:02}T12:00:00Z")
        yield md(f"{folder}/index.md", f"An index of {folder}", story(f"index {folder}"), published=f"2026-02-{day:02}T18:00:00Z")


def forty():
    """Articles that state forty topics each, and are on nothing else."""
    for number in range(4):
        yield md(
            f"forty-{number}.md",
            f"Forty topics, for the {number + 1}. time",
            story(f"forty {number}", paragraphs=1),
            tags=[f"Subject {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(40)],
            most_tags=40,
        )


def awkward():
    """All awkward articles."""
    sources = [*characters(), *languages(), *links(), *shapes(), *dates(), *same_names()]
    assert len({source.path for source in sources}) == len(sources)
    return sources


SPEAKERS = ["Odalys Fenn", "Birger Tamm", "Priya Raman-Holt", "Søren O’Dell"]
SUBJECTS = ["Harbors", "R&D", "Night <trains>", "Émigrés", "C++", "Ärzte & Ämter"]


def pile(count, start=0):
    """Small articles that share subjects, speakers and folders."""
    for number in range(start, start + count):
        folder = ["desk", "desk/night", "field"][number % 3]
        day, hour = number // 24 % 28 + 1, number % 24
        yield md(
            f"{folder}/note-{number:04}.md",
            f"Note {number} & what came of it",
            story(f"pile {number}", SPEAKERS[number % len(SPEAKERS)], 1),
            published=f"2025-{number // 672 % 12 + 1:02}-{day:02}T{hour:02}:00:00Z",
            tags=sorted({SUBJECTS[number % 6], SUBJECTS[number // 7 % 6]}),
            speaker=SPEAKERS[number % len(SPEAKERS)],
        )
