"""What somebody would put together in Python: a program of its own, so that its CPU time is all its own.

Reads the paths of articles, one a line, digests each (the quotation that leads it and who said it, three sentences
by LexRank, eight keyphrases), and writes an RSS and an Atom feed of the newest 50. Prints how many it digested.
"""
import re
import sys

import yake
from feedgen.feed import FeedGenerator
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer

QUOTE = re.compile(r'"([^"]{20,})"[ ]*((?:[A-Z][\w.]+ ?)+)')


class Sentences(Tokenizer):
    """Of sumy, without the models that it would fetch."""

    def __init__(self):
        self._language = 'english'

    def to_sentences(self, text):
        return tuple(filter(None, re.split(r'(?<=[.!?]) +|\n+', text)))

    def to_words(self, sentence):
        return tuple(re.findall(r'\w+', sentence))


def digest(path, extractor, summarizer):
    with open(path) as file:
        text = file.read()
    if path.endswith('.html'):
        import trafilatura
        head, body = '', trafilatura.extract(text) or ''
    else:
        _, head, body = text.split('---\n', 2)
    title = re.search(r'title: "(.*)"', head)
    date = re.search(r'date: (\S+)', head)
    quote = QUOTE.search(body)
    sentences = summarizer(PlaintextParser.from_string(body, Sentences()).document, 3)
    return {
        'title': title.group(1) if title else path,
        'date': date.group(1) if date else '2000-01-01T00:00:00Z',
        'quote': quote.group(1) if quote else None,
        'speaker': quote.group(2) if quote else None,
        'summary': ' '.join(map(str, sentences)),
        'topics': [phrase for phrase, _ in extractor.extract_keywords(body)],
        'body': body,
    }


def main():
    extractor, summarizer = yake.KeywordExtractor(lan='en', n=3, top=8), LexRankSummarizer()
    digests = [digest(path.strip(), extractor, summarizer) for path in sys.stdin]
    feed = FeedGenerator()
    feed.id('https://example.org/')
    feed.title('Articles')
    feed.link(href='https://example.org/')
    feed.description('Articles')
    for one in sorted(digests, key=lambda one: one['date'], reverse=True)[:50]:
        entry = feed.add_entry()
        entry.id(f'https://example.org/{one["title"]}')
        entry.title(one['title'])
        entry.link(href='https://example.org/')
        entry.published(one['date'])
        entry.updated(one['date'])
        entry.summary(f'{one["quote"]} {one["speaker"]}\n{one["summary"]}')
        entry.content(one['body'])
        for topic in one['topics']:
            entry.category(term=topic)
    feed.rss_file(sys.argv[1] + '/rss.xml')
    feed.atom_file(sys.argv[1] + '/atom.xml')
    quoted = sum(one['quote'] is not None for one in digests)
    print(len(digests), quoted)


if __name__ == '__main__':
    main()
