"""Awkward articles, and many that are not."""

from characters import characters, languages
from source import Source, html, md, paragraphs, story


def links():
    """Links and pictures, good and bad."""
    body = (
        story("links")
        + """

See [the other page](../other/page.html?a=1&b=2#top), [its root](/root), [a host](//cdn.callis.example/x),
[a fragment](#part), [nowhere](http://), [a space](https://callis.example/a b), [a mailbox](mailto:desk@callis.example),
[a script](javascript:alert(1)), [another](JaVaScRiPt:alert(1)), [a third](java&#10;script:alert(1)), [data](data:text/html,<b>x</b>),
[vb](vbscript:x), [a file](file:///etc/passwd), [brackets](https://callis.example/a[1]?x={y}|z), [percent](https://callis.example/100%),
[port](https://callis.example:99999/), [unicode](https://callis.example/größe/港).

![a picture](/pictures/bridge.jpg?w=1&h=2) ![none]() ![data](data:image/gif;base64,R0lGODlhAQABAAAAACw=)
"""
    )
    never = ["javascript:", "vbscript:", "data:", "file:///"]
    yield md(
        "links/based.md",
        "Links of all kinds, with an address",
        body,
        url="https://www.callis.example/news/2026/links.html?x=1&y=2",
        has=[
            "https://www.callis.example/news/other/page.html?a=1&amp;b=2#top",
            'href="https://www.callis.example/root"',
        ],
        never=never,
    )
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
        never=[
            "<script",
            "alert(",
            "<style",
            "<svg",
            "<iframe",
            "<form",
            "<input",
            "<object",
            "<embed",
            "onclick",
            "onerror",
            "onload",
            "style=",
            "written by script",
            "evil.example",
        ],
    )
    yield md(
        "links/picture.md",
        "A lead picture with an ampersand",
        story("lead picture"),
        front=['image: "https://pics.example/lead.jpg?a=1&b=\\"2\\"&c=<3>"'],
        url="https://pics.example/story?a=1&b=2",
        image="https://pics.example/lead.jpg?a=1&b=%222%22&c=%3C3%3E",
    )
    yield md(
        "links/tracking.md",
        "A tracking pixel",
        story("tracking")
        + '\n\n<img src="https://track.example/p.gif?id=1&x=2" width="1" height="1">\n\n![](https://pics.example/real.jpg)',
        never=["track.example"],
    )


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
    yield html(
        "shapes/deep-divs.html",
        "Three thousand boxes in each other",
        "<div>" * 3000 + paragraphs("deep divs") + "</div>" * 3000,
    )
    yield html(
        "shapes/deep-lists.html",
        "Lists four hundred deep",
        paragraphs("deep lists") + "<ul><li>item " * 400 + "</li></ul>" * 400,
    )
    yield html(
        "shapes/deep-quotes.html",
        "Quotes in quotes in quotes",
        paragraphs("deep quotes")
        + "<blockquote>" * 300
        + "<p>The innermost words.</p>"
        + "</blockquote>" * 300,
    )
    yield md(
        "shapes/deep-markdown.md",
        "Markdown nested deep",
        story("deep markdown")
        + "\n\n"
        + ">" * 500
        + " words\n\n"
        + "*" * 999
        + "x"
        + "*" * 999
        + "\n\n"
        + "[" * 500
        + "y"
        + "](z)" * 500,
    )
    yield html(
        "shapes/unclosed.html",
        "Elements that nobody closed",
        paragraphs("unclosed")
        + "<p><b>bold <i>both</b> italic</i> <a href='https://callis.example/x'>link <a href='https://callis.example/y'>in a link</a><table><tr><td>cell<p>in<li>disorder</table><h2>Heading",
    )
    yield html(
        "shapes/table.html",
        "A table with spans and a picture",
        paragraphs("table")
        + "<table><caption>Lamps</caption><thead><tr><th>A</th><th colspan=2>B &amp; C</th></tr></thead><tbody><tr><td rowspan=2>1</td><td>2</td><td><a href='/x?a=1&amp;b=2'>three</a></td></tr><tr><td>4</td><td><ul><li>five</li></ul></td></tr></tbody></table>",
        url="https://callis.example/table",
    )
    yield md("shapes/empty.md", "Nothing but a title", "", must=False)
    yield html("shapes/empty.html", "A page without words", "", must=False)
    yield md("shapes/one-word.md", "One word", "Yes.", must=False)
    yield md("untitled.md", "", story("untitled"), must=False)
    yield md(
        "shapes/topics.md",
        "Forty topics",
        story("forty topics"),
        tags=[f"Subject {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(40)],
    )
    yield md(
        "shapes/many-authors.md",
        "Many authors",
        story("many authors"),
        authors=[f"Author {chr(65 + n)} Lind" for n in range(26)],
    )
    yield Source(
        "shapes/utf16.txt",
        "\ufeffText in UTF-16\n\n".encode("utf-16-le") + story("utf16").encode("utf-16-le"),
        "Text in UTF-16",
    )
    yield Source(
        "shapes/latin1.html",
        '<html><head><meta charset="iso-8859-1"><title>Café na place</title></head><body><article><h1>Café na place</h1>'.encode(
            "latin-1"
        )
        + paragraphs("latin1").replace("“", '"').replace("”", '"').encode("latin-1")
        + b"</article></body></html>",
        "Café na place",
    )


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
    for day, folder in enumerate(
        ["north", "north/deep", "south", "Süd & West", "100% <b>", "sp ace/#hash?query"], 1
    ):
        yield md(
            f"{folder}/report.md",
            "The weekly report",
            story(f"report {folder}"),
            published=f"2026-02-{day:02}T00:00:00Z",
        )
        yield md(
            f"{folder}/minutes.md",
            f"Minutes of {folder}",
            story(f"minutes {folder}"),
            published=f"2026-02-{day:02}T12:00:00Z",
        )
        yield md(
            f"{folder}/index.md",
            f"An index of {folder}",
            story(f"index {folder}"),
            published=f"2026-02-{day:02}T18:00:00Z",
        )


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
