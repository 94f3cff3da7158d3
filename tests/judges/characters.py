"""Articles in characters that break feeds, and in many scripts."""

import unicodedata

from source import Source, html, md, paragraphs, story

ALL_CONTROLS = "".join(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc")
ALL_FORMAT = "".join(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf")
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
    yield md(
        "controls-all.md", f"Every control: {ALL_CONTROLS}.", story("controls all"), tags=["Con\x07trols"]
    )
    yield md("format-all.md", f"Every format character: {ALL_FORMAT}.", story("format all"))
    yield md(
        "noncharacters.md",
        f"Noncharacters: {NONCHARACTERS}.",
        story("noncharacters") + f"\n\nHere they are: {NONCHARACTERS}.",
    )
    yield md("private.md", "Private \ue000\uf8ff\U000f0000\U0010fffd use", story("private"))
    yield md("replacement.md", "A \ufffd replacement and a \ufeff mark", story("replacement"))
    yield Source(
        "raw-controls.txt",
        (
            "Raw controls in a text file\n\n"
            + story("raw")
            + "\n\nForm\x0cfeed, escape \x1b[1m, bell \x07, delete \x7f.\n"
        ).encode(),
        "Raw controls in a text file",
        must=False,
    )
    yield md(
        "spaces.md", "  Spaces \t and\u00a0kinds\u2003of\u2028them\u2029and\x85ends \u3000", story("spaces")
    )
    yield md(
        "cdata.md",
        "An end ]]> of CDATA <![CDATA[ and ]]]]>> more",
        story("cdata")
        + "\n\nThe words ]]> and `]]>` and <![CDATA[ stand here.\n\n```\nif (a[b[0]]>1) {}\n]]>\n```",
        says=["if (a[b[0]]>1) {}"],
    )
    yield md("comments.md", "Comments <!-- and --> and <?php echo 1 ?> here", story("comments"))
    yield md(
        "entities.md",
        "AT&T, R&D & Fish <3 > 2 \"quoted\" 'single'",
        story("entities") + "\n\nIn the text: 5 < 6 && 7 > 3, AT&T.",
        says=["5 < 6 && 7 > 3, AT&T."],
    )
    yield html(
        "entities-twice.html",
        "How to write &amp; and &lt;b&gt; and &nbsp; in a page",
        paragraphs("entities twice") + "<p>Write &amp;amp;lt; for a sign, &amp;nbsp; for a space.</p>",
        says=["Write &amp;lt; for a sign, &nbsp; for a space."],
    )
    yield html(
        "entities-named.html",
        "Caf\u00e9 \u2013 na\u00efve\u00a0words \u2026",
        paragraphs("named").replace("harbor", "harb&oacute;r")
        + "<p>One&nbsp;two&mdash;three&hellip; &NotEqualTilde; &zwj;&lrm;</p>",
    )
    yield md(
        "html-title.md",
        "<b>Bold</b> & <script>alert(1)</script> <img src=x onerror=alert(2)>",
        story("html title"),
    )
    yield md(
        "html-title-escaped.md",
        "Use &lt;em&gt; or <em>not</em>, said the &amp; sign",
        story("html title escaped"),
    )
    yield md(
        "long-title.md",
        "Ten thousand characters " + ("of a long, long title " * 450)[: 10_000 - 24 - 4] + "end.",
        story("long title"),
    )
    yield md("long-title-astral.md", "Astral " + "\U0001d518\U00010330" * 1200, story("long astral"))
    yield md("long-word.md", "A long word", story("long word") + "\n\n" + "word" * 5000 + " ends.")
    yield md(
        "emoji.md",
        "Emoji \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1fa\U0001f1e6 1\ufe0f\u20e3 \u2764\ufe0f\u200d\U0001f525 \U0001f44d\U0001f3fd",
        story("emoji") + "\n\n\U0001f389 Party \U0001f389",
        tags=["\U0001f680 Rockets", "C++", "R&D", "<b>"],
    )
    yield md(
        "astral.md",
        "Astral \U00010330\U0001d4d7\U00020000\U0002a600",
        story("astral") + "\n\n\U0001d518\U0001d52b\U0001d526",
        authors=["\U0001d4d0nn\U0001d4ea", "O\u2019Brien & Sons"],
    )
    yield md(
        "combining.md",
        "Z" + "\u0351\u036b\u0343" * 60 + "algo and e\u0301 against \u00e9",
        story("combining"),
    )
    yield md(
        "quotes-in-names.md",
        'Names with "quotes"',
        story("quotes in names"),
        authors=['Ada "The Pen" Lind', "Müller, Dr. Jürgen", "R. & J. Ode"],
        tags=['"Quoted"', "a, b", "semi;colon"],
    )


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
    yield md(
        "marks.md",
        "A \u200ftitle\u200e with \u202eoverrides\u202c and \u2066isolates\u2069 in \u061cit",
        story("marks") + "\n\n\u202eThis is turned\u202c around, \u2067this\u2069 is not.",
    )
    yield md("mixed.md", "Port Callis — ميناء כאן — 港", story("mixed") + "\n\nקלים و 港 in one line.")
    yield md(
        "chinese.md",
        "港口的新桥将于五月通车",
        "港口管理局星期二宣布，新桥将于五月通车，比原计划提前了三个月。\n\n“我们没有想到会这么快，”工程师陈雨楼说，“居民们都很高兴。”\n\n这座桥每天将为九千人服务。",
    )
    yield md(
        "german.md",
        "Die Brücke öffnet — „endlich“",
        "Die neue Brücke über den Fluss wird im Mai eröffnet, teilte das Hafenamt am Dienstag mit.\n\n„Wir haben vier Jahre darauf gewartet, und nun kommt sie drei Monate früher als versprochen“, sagte die Bürgermeisterin Ottilie Brandt.\n\nTäglich sollen neuntausend Menschen sie benutzen.",
    )
    yield html(
        "thai.html",
        "สะพานใหม่ที่ท่าเรือจะเปิดในเดือนพฤษภาคม",
        "<p>สำนักงานท่าเรือประกาศเมื่อวันอังคารว่าสะพานใหม่จะเปิดในเดือนพฤษภาคม เร็วกว่ากำหนดสามเดือน</p><p>สะพานนี้จะรองรับผู้คนเก้าพันคนต่อวัน</p>".replace(
            '<html lang="en"', "<html"
        ),
    )
