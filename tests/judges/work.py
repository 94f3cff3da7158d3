#!/usr/bin/env python3
"""Counts what the program does for hostile articles: is its work in proportion
to their size?

  tests/judges/work.py [BINARY] [--quick] [--only WORD] [--sizes SMALL,LARGE]

BINARY is target/release/feedwright by default. Each kind of article is digested
in each format, once SMALL and once LARGE bytes long. What takes no more CPU time
than its size lets expect, in one of a few tries, is passed over. Of all others
the work is counted, in the program's own instructions, by Valgrind's cachegrind,
so that a busy machine counts the same as an idle one. Prints those whose second
half asks for more than a quarter more work than the first (the square of a size
would come to twice); the exit status is 1 if there are any.

Every run of the judges tries the few kinds that have found most, in each format
(--quick, some seconds with an unoptimized program). All 9,000 cases take nine
minutes of CPU time: try them when a reader, the finding of quotations, or names
have changed.
"""

import argparse
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor

# Tables grow by leaps.
LEEWAY = 1.25
# Work for less, in instructions, tells nothing.
NOTHING = 3_000_000
# So many CPU seconds any article takes.
START = 0.008
# How often a case is timed that seems to take too long.
TRIES = 4

# What found most of what was not in proportion.
QUICK = ["“word ", "[", "<div>", "%%a ", "a: b\n", "He said she said. "]
# The same reader as Markdown.
LANGUAGES = ["German", "French", "Russian", "Japanese", "Thai"]

SENTENCE = "The mayor opened the bridge on Monday and spoke of the harbor. "

# What an article consists of, over and over.
UNITS = """a|a |1|. |.|, |; |: |- |_|*|`|#|[|[ |]|(|( |{|<|>|> |"|“|”|‘|’|«|»|„|「|'|!|![|[[|&|&amp;|&#|@|$|\\|/|=|~|^|+
"word |“word |'word |‘word |„Wort |«mot |「字|" | "word" |“a ‘b |word” |"“”‘’«»„「'
said |said, |said. |he said she said |He said she said. |said Ann Lee |Ann Lee |Ann Lee, |Ann Lee said it is so. |Lee |Ann
Mr. |U.S. |U.S.|J. K. |A.B.C. |e.g. |Dr. |Lee's |the mayor's |President |University of |the Bank of the |NATO |United Nations (UN)
"It is so," said Ann Lee. |"It is so," he said. |“It is so,” he said, “and |“it is so” and |Lee said “it is so” and |he said “it is so” and
Ann Lee: "It is so. |LEE: It is so. |Q: Is it? A: It is. |— C’est vrai, dit Lee. |« C’est vrai, a-t-il dit, très vrai. » |« C’est vrai », dit-il,
sagte Lee, „es ist so“ und |„Es ist so“, sagte Lee. |Он сказал: «Это так». |«Это так», — сказал Ли, — |「日本」と話した。|他说：“是真的。”
l’l’l’|'e9|qu'il |t-il-|2026-01-01 |January 1, 2026 |10:30 |1,000 |on Monday, |LEEDS, England — |(Photo by Ann Lee) |© 2026 |By Ann Lee
http://|https://a.b/c |a.b.c@d.e |a.b.|#tag |www.|😀|👩‍👩‍👧|á|́|​|‏|שלום |مرحبا |中|中文。|日本語です。|ภาษาไทย |한국어 |हिन्दी |Слово |­|﻿
<div>|<p>|<a href=|<a href="|<!--|<![CDATA[|<b><i>|<font>a<p>|<table>|<td>a|<li>a|<script>|<style>|<q>a</q> |<img src=a alt=b>|</p>|<svg>|<select><option>
**a |_a |~~a |[a](b) |![a](b) |[a][b] |[a](|[^1]|$a$ |<br>|{{a}} |%%a |==a |\\textbf{|\\begin{a}|\\a |`a`_ ||a| |**a** |[[a][b]]|link:a[b] |{\\b |\\b |\\u228?"""

LINES = ["", "a", "A text.", "“a word", '"A word is said here.', "— A word is here.", "- a", "> a", ">", "# a", "| a | b |", "a\n===",
         "---", "```", "[a]: b", "    a", "1. a", "Share", "Photo: Ann Lee", "By Ann Lee", "January 1, 2026", "Home", "From a", "a: b",
         "Received: a", "Q: What is it?", "Ann Lee: It is so.", "LEEDS (AP) — It is so.", ".. a::", ".. |a| replace:: b", "* a", "== a", "|===",
         ":a: b", "> It is so indeed here.\n> — Ann Lee", "“It is so indeed.”", "Lee said:", SENTENCE.strip()]


def letters(number):
    """A word like no other."""
    number = number * 2654435761 % 2**32
    word = ""
    for _ in range(4):
        word += "bcdfghklmnprstvz"[number % 16] + "aeiou"[number // 16 % 5]
        number //= 80
    return word


def name(number):
    return letters(number).capitalize()


SERIES = {
    "words": lambda at: letters(at) + " ",
    "sentences of new words": lambda at: letters(at) + (" " if at % 12 else ". "),
    "names": lambda at: f"{name(at)} {name(7 * at + 1)} went out. ",
    "speakers": lambda at: f'"It is really so here," said {name(at)} {name(7 * at + 1)}. ',
    "one surname": lambda at: f"{name(at)} Lee said it is so. ",
    "one first name": lambda at: f"Ann {name(at)} said it is so. ",
    "initials": lambda at: f"{name(at)[0]}. {name(5 * at)} said it. ",
    "accents": lambda at: f"{name(at)}é {name(5 * at)} said it. ",
    "acronyms": lambda at: f"{name(at)} {name(3 * at)} ({(name(at)[0] + name(3 * at)[0])}) ",
    "companies": lambda at: f"The {name(at)} {name(at + 2)} Corporation of {name(at + 5)} went. ",
    "offices": lambda at: f"The mayor of {name(at)} said he went. ",
    "pronouns": lambda at: f"The mayor {name(at)} {name(at + 4)} went. The mayor said, “It is so.” He said, “It is.” ",
    "labels": lambda at: f"{name(at)} {name(at + 7)}: It is so, I said.\n\n",
    "headings": lambda at: f"# {letters(at)} {letters(3 * at)}\n\n{SENTENCE}\n\n",
    "signed quotes": lambda at: f"> It {letters(at)} {letters(at + 3)} is so.\n> — {name(at)} {name(at + 2)}\n\n“It {letters(at)} is so,” said Lee.\n\n",
    "links": lambda at: f"[{letters(at)}](http://a.b/{letters(at)}) ",
    "targets": lambda at: f"[{letters(at)}]: http://a.b/{letters(at)}\n",
    "notes": lambda at: f"a[^{letters(at)}]\n\n[^{letters(at)}]: a\n\n",
    "attributes": lambda at: f' {letters(at)}="{letters(at)}"',
    "elements": lambda at: f"<{letters(at)}>",
    "fields": lambda at: f"{letters(at)}: a\n",
    "numbers": lambda at: f"{at * 7919} ",
    "marks of all kinds": lambda at: "\"'“”‘’«»()[]<>.,;:!?-—"[(at * 7919 + at * at) % 23] + ("a" if at % 3 else " "),
    "Chinese": lambda at: chr(0x4E00 + at * 7919 % 20000) + ("。" if at % 20 == 19 else ""),
}

WHOLE = {
    "brackets in brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "quotes in quotes": lambda size: "“a " * (size // 10) + "b” " * (size // 10),
    "a bracket far away": lambda size: "( " * (size // 2) + ")",
    "an angle far away": lambda size: "< " * (size // 2) + ">",
    "a star far away": lambda size: "a* " * (size // 3) + "*",
    "an end far away": lambda size: "<script " * (size // 8) + "</script>",
    "deep quotes": lambda size: ">" * (size // 2) + " a\n" * (size // 6),
    "deep lists": lambda size: "- " * (size // 4) + "a\n" * (size // 4),
    "deep indents": lambda size: "".join(" " * (2 * at % 600) + "- a\n" for at in range(size // 300)),
    "a wide table": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4) + "\n|b\n",
    "wide rows": lambda size: "|a" * int(size**0.5) + "|\n" + "|-" * int(size**0.5) + "|\n" + "|b\n" * (size // 4),
    "space inside": lambda size: "a" + " " * size + "b",
    "empty lines": lambda size: "A text." + "\n" * size + "b",
    "elements in elements": lambda size: "<div>" * (size // 11) + "x" + "</div>" * (size // 11),
}


def kinds():
    """All of them: a name, and what makes one of a size."""
    for line in UNITS.split("\n"):
        for unit in re.split(r"(?<!\|)\|(?!\|)", line):
            unit = unit.replace("\\\\", "\\")
            yield repr(unit), lambda size, unit=unit: unit * (size // len(unit.encode()))
    for line in LINES:
        for end in ["\n", "\n\n"]:
            unit = line + end
            yield repr(unit), lambda size, unit=unit: unit * (size // len(unit.encode()))
    for title, make in SERIES.items():
        yield title, lambda size, make=make: series(make, size)
    yield from WHOLE.items()


def series(make, size):
    parts, length, at = [], 0, 0
    while length < size:
        part = make(at)
        parts.append(part)
        length += len(part.encode())
        at += 1
    return "".join(parts)


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, text in members:
            archive.writestr(path, text)
    return out.getvalue()


def xml(text):
    return html.escape("".join(c if c >= " " or c in "\n\t" else " " for c in text))


def paragraphs(text, element):
    return "".join(f"<{element}>{one}</{element}>" for one in xml(text).split("\n\n"))


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
MAIL = "From: Ann Lee <ann@a.example>\r\nSubject: The bridge opens\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@a.example>\r\n"
MAIL += "MIME-Version: 1.0\r\nContent-Type: text/{}; charset=utf-8\r\n\r\n"
PAGE = "<html lang=en><head><title>The bridge opens</title>{}</head><body><article><p>" + SENTENCE + "</p>{}</article></body></html>"


def docx(text):
    runs = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in xml(text).split("\n\n"))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return packed([
        ("[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'),
        ("_rels/.rels", f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" Type="{link}" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{runs}</w:body></w:document>'),
    ])


def odt(text):
    body = paragraphs(text, "text:p")
    content = f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0">'
    content += f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])


def rtf(text):
    def code(c):
        if c in "\\{}":
            return "\\" + c
        units = c.encode("utf-16-le")
        numbers = [int.from_bytes(units[at:at + 2], "little", signed=True) for at in range(0, len(units), 2)]
        return c if c < "\x80" else "".join(f"\\u{number}?" for number in numbers)

    return "{\\rtf1\\ansi " + "".join(map(code, text)).replace("\n", "\\par\n") + "}"


def stated(language):
    return lambda text: f"---\ntitle: The bridge opens\nlang: {language}\n---\n\n{text}"


def loose(text):
    return text.replace('"', "'").replace("\\", "/").replace("\n", " ")


# A file's name, and what makes one of a text.
FORMATS = {
    "text": ("a.txt", lambda text: text),
    "Markdown": ("a.md", stated("en")),
    "German": ("a.md", stated("de")),
    "French": ("a.md", stated("fr")),
    "Russian": ("a.md", stated("ru")),
    "Japanese": ("a.md", stated("ja")),
    "Thai": ("a.md", stated("th")),
    "front matter": ("a.md", lambda text: f"---\n{text}\n---\n\n{SENTENCE}"),
    "headline": ("a.md", lambda text: f'---\ntitle: "{loose(text)}"\nauthor: "{loose(text)}"\n---\n\n{SENTENCE}'),
    "page": ("a.html", lambda text: PAGE.format("", paragraphs(text, "p"))),
    "markup": ("a.html", lambda text: PAGE.format("", text)),
    "attribute": ("a.html", lambda text: PAGE.format("", f'<p class="{xml(text)}">a</p><img src="a.png" alt="{xml(text)}">')),
    "head": ("a.html", lambda text: PAGE.format(f'<meta name="author" content="{xml(text)}"><meta name="keywords" content="{xml(text)}">', "")),
    "JSON-LD": ("a.html", lambda text: PAGE.format(f'<script type="application/ld+json">{text}</script>', "")),
    "mail": ("a.eml", lambda text: MAIL.format("plain") + text),
    "mail in HTML": ("a.eml", lambda text: MAIL.format("html") + PAGE.format("", text)),
    "fields of a mail": ("a.eml", lambda text: text + "\r\n" + MAIL.format("plain") + SENTENCE),
    "subject": ("a.eml", lambda text: MAIL.format("plain").replace("The bridge", text.replace("\n", "\n ")) + SENTENCE),
    "mailbox": ("a.mbox", lambda text: "From a@b.example Mon Mar  2 10:00:00 2026\n" + MAIL.format("plain").replace("\r", "") + text),
    "Word": ("a.docx", docx),
    "OpenDocument": ("a.odt", odt),
    "RTF": ("a.rtf", rtf),
    "RTF's own": ("a.rtf", lambda text: "{\\rtf1 " + text + "}"),
    "reStructuredText": ("a.rst", lambda text: text),
    "AsciiDoc": ("a.adoc", lambda text: text),
    "Org": ("a.org", lambda text: text),
    "LaTeX": ("a.tex", lambda text: "\\documentclass{article}\\begin{document}" + text + "\\end{document}"),
    "JSON": ("a.json", lambda text: json.dumps({"@type": "NewsArticle", "headline": "The bridge", "articleBody": text})),
    "JSON's own": ("a.json", lambda text: text),
    "feed": ("a.xml", lambda text: f'<rss version="2.0"><channel><title>C</title><item><title>T</title><description>{xml(xml(text))}</description></item></channel></rss>'),
    "XML's own": ("a.xml", lambda text: f'<?xml version="1.0"?><nitf>{text}</nitf>'),
}


def work(binary, file, text):
    """The instructions that the program takes for a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, file)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
        command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", binary, "digest", "--json", path]
        environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
        run = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        count = re.search(r"refs:\s+([\d,]+)", run.stderr)
        # Refused is an answer; a signal is none.
        if not count or run.returncode not in (0, 1):
            raise RuntimeError(f"{file} of {len(text)}: {run.stderr[-500:]}")
        return int(count[1].replace(",", ""))


def seconds(binary, file, text):
    """The CPU seconds that the program takes for a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, file)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
        run = subprocess.Popen([binary, "digest", "--json", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(run.pid, 0)
        run.returncode = 0
        return used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default="target/release/feedwright")
    parser.add_argument("--quick", action="store_true", help="the few kinds that have found most")
    parser.add_argument("--only", default="", help="formats and kinds with this in their name")
    parser.add_argument("--sizes", default="100000,500000")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]

    def grown(case):
        _, make, (file, write) = case
        small, large = [write(make(size)) for size in sizes]
        least = [float("inf"), float("inf")]
        for _ in range(TRIES):
            least = [min(before, seconds(asked.binary, file, text)) for before, text in zip(least, [small, large])]
            if least[1] < LEEWAY * sizes[1] / sizes[0] * max(least[0], START):
                return None
        # What any article of the kind costs does not count: only what is added.
        middle = write(make(sum(sizes) // 2))
        small, half, large = [work(asked.binary, file, text) for text in (small, middle, large)]
        return max(large - half, NOTHING) / max(half - small, NOTHING)

    quick = [repr(unit) for unit in QUICK]
    cases = [
        (f"{title}: {kind}", make, FORMATS[title])
        for title in FORMATS for kind, make in kinds()
        if asked.only in f"{title}: {kind}" and not (asked.quick and (kind not in quick or title in LANGUAGES))
    ]
    counted = outgrown = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (title, *_), times in zip(cases, pool.map(grown, cases)):
            if times is None:
                continue
            counted += 1
            bad = times > LEEWAY
            outgrown += bad
            print(f"{'OUTGROWN' if bad else 'ok':8}  {times:6.2f} times  {title}", flush=True)
    print(f"{len(cases)} kinds of articles; {counted} took longer than their size lets expect, so that their work was counted; {outgrown} ask for more")
    return 1 if outgrown else 0


if __name__ == "__main__":
    sys.exit(main())
