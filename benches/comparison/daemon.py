"""feedwright itself: a first pass, and the daemon."""
import json
import os
import signal
import subprocess
import sys

from measure import cpu, put_away, resident, run, until


class Place:
    """A folder with articles, feeds and state, and who works there."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.watch, self.feeds, self.state = (os.path.join(folder, name) for name in ('watch', 'feeds', 'state'))
        os.makedirs(self.watch, exist_ok=True)

    def arguments(self):
        return ['--watch', self.watch, '--feeds', self.feeds, '--state', self.state]

    def forget(self):
        for folder in (self.feeds, self.state):
            put_away(folder)

    def build(self):
        """A pass over everything; returns what it used, after a look at what it made."""
        used, out = run([self.program, 'build', *self.arguments()], cwd=self.folder)
        there = len(os.listdir(self.watch))
        feed = self.feed('rss.xml')
        # Older ones are in its archive.
        items = feed.count('<item>')
        if f'{there:,} entries' not in out or items < min(there, 25) or feed.count('<blockquote>') < items \
                or feed.count('<category') < 2 * items:
            sys.exit(f'feedwright did not do the work: {there} files, {items} items, '
                     f'{feed.count("<blockquote>")} quotations, {feed.count("<category")} topics\n{out}')
        return used

    def feed(self, name):
        with open(os.path.join(self.feeds, name)) as file:
            return file.read()


class Daemon:
    """The daemon at work, for as long as a `with` lasts."""

    def __init__(self, place, listen='off'):
        self.place, self.listen = place, listen

    def __enter__(self):
        self.log = open(os.path.join(self.place.folder, 'log'), 'w')
        self.process = subprocess.Popen([self.place.program, 'run', *self.place.arguments()], stderr=self.log,
                                        cwd=self.place.folder,
                                        env={**os.environ, 'FEEDWRIGHT_LISTEN': self.listen})
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.log.close()

    def status(self):
        out = subprocess.run([self.place.program, 'status', '--json', *self.place.arguments()],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self.place.folder).stdout
        return json.loads(out) if out else {}

    def is_at_rest(self, entries):
        """Whether everything is published, with so many entries."""
        status = self.status()
        if status.get('state') != 'running' or status['entries'] != entries or status['last_pass'] is None:
            return False
        pending = status['pending']
        return pending['step'] is None and not any(
            pending[what] for what in ('waiting', 'unread', 'documents', 'decisions'))

    def rest(self, entries):
        until(f'{entries} entries are published', lambda: self.is_at_rest(entries), pause=.1)

    def cpu(self):
        return cpu(self.process.pid)

    def resident(self):
        return resident(self.process.pid)
