"""How many answers a CPU second gives, beside nginx that serves the same files.

Asks for what readers ask for: a feed that they have already (304), and a feed that they do not, plain and compressed.
nginx has the configuration of Debian, and the files on a disk that is in memory by then; where it is to send
compressed ones, these lie beside the others (gzip_static).
"""
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.request

from daemon import Daemon
from measure import cpu, until

# As /etc/nginx/nginx.conf of Debian has it, without what this server has no use for.
NGINX = """
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/access.log;
    gzip on;
    gzip_static on;
    client_body_temp_path {folder}/tmp1;
    proxy_temp_path {folder}/tmp2;
    fastcgi_temp_path {folder}/tmp3;
    uwsgi_temp_path {folder}/tmp4;
    scgi_temp_path {folder}/tmp5;
    server {{
        listen 127.0.0.1:{port};
        root {feeds};
    }}
}}
"""


def headers(url, more):
    request = urllib.request.Request(url, headers=more)
    with urllib.request.urlopen(request) as answer:
        return answer.headers


def rate(pid, url, more, seconds, expected):
    """Answers a CPU second."""
    command = ['wrk', '-t1', '-c32', f'-d{seconds}s', url]
    for name, value in more.items():
        command += ['-H', f'{name}: {value}']
    before = cpu(pid)
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    used = cpu(pid) - before
    answers = int(re.search(r'(\d+) requests in', out).group(1))
    wrong = re.search(r'Non-2xx or 3xx responses: (\d+)|Socket errors', out)
    if wrong:
        sys.exit(f'{url}: {wrong.group(0)}, not {expected}\n{out}')
    return answers / used


def status(url, more):
    out = subprocess.run(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code} %{size_download}', url]
                         + [part for pair in more.items() for part in ('-H', ': '.join(pair))],
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    return tuple(map(int, out.split()))


def answers(url):
    try:
        with urllib.request.urlopen(url):
            return True
    except OSError:
        return False


def missing():
    """What has to be installed first."""
    return [program for program in ('nginx', 'wrk', 'curl') if not shutil.which(program)]


KINDS = (
    ('304 to who has it', {'If-None-Match': None, 'Accept-Encoding': 'gzip'}, 304),
    ('the feed, gzip', {'Accept-Encoding': 'gzip'}, 200),
    ('the feed, plain', {}, 200),
)


def compare(place, entries, rounds, seconds):
    """Gives the median of answers a CPU second for each kind: (kind, of ours, of nginx)."""
    ports = {'feedwright': 18060, 'nginx': 18061}
    at = {name: f'http://127.0.0.1:{port}/atom.xml' for name, port in ports.items()}
    folder, feeds = place.folder, place.feeds
    os.chmod(folder, 0o755)
    # What is served has the addresses of what is on disk.
    with open(f'{folder}/config.toml', 'w') as file:
        file.write(f'[site]\nurl = "http://127.0.0.1:{ports["feedwright"]}/"\n')
    with Daemon(place, f'127.0.0.1:{ports["feedwright"]}') as daemon:
        daemon.rest(entries)
        with open(f'{feeds}/atom.xml', 'rb') as file, gzip.open(f'{feeds}/atom.xml.gz', 'wb', 6) as to:
            to.write(file.read())
        with open(f'{folder}/nginx.conf', 'w') as file:
            file.write(NGINX.format(folder=folder, port=ports['nginx'], feeds=feeds))
        theirs = subprocess.Popen(['nginx', '-c', f'{folder}/nginx.conf', '-e', f'{folder}/error.log'])
        try:
            for url in at.values():
                until(url, lambda: answers(url), 30)
            pids = {'feedwright': daemon.process.pid, 'nginx': theirs.pid}
            size = os.path.getsize(f'{feeds}/atom.xml')
            small = os.path.getsize(f'{feeds}/atom.xml.gz')
            for what, more, expected in KINDS:
                figures = {name: [] for name in ports}
                for _ in range(rounds):
                    for name, url in at.items():
                        sent = dict(more)
                        if 'If-None-Match' in sent:
                            del sent['If-None-Match']
                            sent['If-None-Match'] = headers(url, sent)['ETag']
                        got, length = status(url, sent)
                        if got != expected or expected == 200 and length > (small * 1.1 if more else size):
                            sys.exit(f'{name} answers {what} with {got}, {length} bytes')
                        figures[name].append(rate(pids[name], url, sent, seconds, expected))
                yield what, *(statistics.median(values) for values in figures.values())
        finally:
            theirs.terminate()
            theirs.wait()
            os.remove(f'{feeds}/atom.xml.gz')
