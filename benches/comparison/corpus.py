"""Articles made from a seed: words by Zipf's law from a made-up vocabulary, names, quotations, paragraphs."""
import os
import random

COMMON = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were all her she there would their we him been has when who will no more if out so up said what its about
than into them can only other new some could time these two may then do first any my now such like our over man me even
most made after also did many before must through back years where much your way well down should because each just
those people how too little state good very make world still own see men work long get here between both life being
under never day same another know while last might us great old year off come since against go came right used take
three""".split()
CUES = ['said', 'told reporters', 'added', 'argued', 'explained', 'warned', 'insisted', 'wrote']


class Corpus:
    def __init__(self, seed):
        self.random = random.Random(seed)
        syllables = [c + v + e for c in 'b c d f g h l m n p r s t v w br st tr pl gr'.split() for v in 'aeiou' for e in
                     ['', 'n', 'r', 's', 't', 'l']]
        word = lambda: ''.join(self.random.choice(syllables) for _ in range(self.random.choice([1, 2, 2, 2, 3, 3])))
        self.words = list(dict.fromkeys(word() for _ in range(30_000)))
        self.weights = [1 / (rank + 10) for rank in range(len(self.words))]
        self.firsts = [word().capitalize() for _ in range(300)]
        self.lasts = [word().capitalize() for _ in range(3_000)]
        self.pool = []

    def content(self):
        if not self.pool:
            self.pool = self.random.choices(self.words, self.weights, k=50_000)
        return self.pool.pop()

    def sentence(self, names=()):
        length = max(5, int(self.random.gauss(19, 7)))
        words = [self.random.choice(COMMON) if self.random.random() < .5 else self.content() for _ in range(length)]
        if names and self.random.random() < .4:
            words[self.random.randrange(length)] = self.random.choice(names)
        if length > 12:
            words[length // 2] += ','
        words[0] = words[0][0].upper() + words[0][1:]
        return ' '.join(words) + '.'

    def article(self, number):
        r = self.random
        people = [(r.choice(self.firsts), r.choice(self.lasts)) for _ in range(r.randint(2, 5))]
        names = [' '.join(people[0])] + [last for _, last in people]
        title = ' '.join([names[0]] + [self.content() for _ in range(r.randint(4, 8))])
        paragraphs, count, target = [], 0, max(150, int(r.gauss(600, 150)))
        while count < target:
            first, last = r.choice(people)
            if r.random() < .3:
                text = self.sentence()[:-1]
                who = f'{first} {last}' if r.random() < .4 else last
                paragraph = f'"{text}," {who} {r.choice(CUES)}. "{self.sentence()}"'
            else:
                paragraph = ' '.join(self.sentence(names) for _ in range(r.randint(1, 4)))
            paragraphs.append(paragraph)
            count += len(paragraph.split())
        day = number % 28 + 1
        front = f'---\ntitle: "{title}"\ndate: {2000 + number // 400 % 26}-{number % 12 + 1:02}-{day:02}T08:00:00Z\n' \
                f'author: {people[0][0]} {people[0][1]}\n---\n\n'
        return front + '\n\n'.join(paragraphs) + '\n'

    def fill(self, folder, articles, first=0):
        """Writes so many articles of about 600 words; returns how many words they have."""
        os.makedirs(folder, exist_ok=True)
        words = 0
        for number in range(first, first + articles):
            text = self.article(number)
            words += len(text.split())
            with open(os.path.join(folder, f'{number:06}.md'), 'w') as file:
                file.write(text)
        return words
