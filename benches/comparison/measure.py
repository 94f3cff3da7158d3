"""What is measured: CPU time, wall time and memory of programs, and how that is printed."""
import collections
import os
import statistics
import subprocess
import sys
import time
import venv

TICKS = os.sysconf('SC_CLK_TCK')

Used = collections.namedtuple('Used', 'cpu user wall memory')


# Runs a program and tells what it used. Linux counts what its parent had in use as the peak memory of a program, which
# may be more than its own: so the parent is a small one.
METER = """
import os, sys, time
start = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - start
with open(int(sys.argv[1]), 'w') as out:
    print(os.waitstatus_to_exitcode(status), usage.ru_utime, usage.ru_stime, wall, usage.ru_maxrss, file=out)
"""


def run(command, may_fail=False, **more):
    """Runs a command to its end; returns what it used (seconds of CPU, of these its own and not the
    system's, and by the clock; peak memory in MB) and printed."""
    told, tell = os.pipe()
    metered = [sys.executable, '-IS', '-c', METER, str(tell), *command]
    process = subprocess.Popen(metered, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=[tell],
                               **more)
    os.close(tell)
    out = process.stdout.read()
    with open(told) as file:
        code, user, system, wall, peak = map(float, file.read().split())
    process.wait()
    if code and not may_fail:
        sys.exit(f'{" ".join(command[:3])} failed with {code:.0f}:\n{out[-2000:]}')
    return Used(user + system, user, wall, peak / 1024), out


def put_away(folder):
    """Gives a folder another name, if it is there. Removed, it would slow down who makes files next: ext4 without a
    journal looks for inodes that were not in use just now."""
    number = 0
    while os.path.exists(f'{folder}-{number}'):
        number += 1
    if os.path.exists(folder):
        os.rename(folder, f'{folder}-{number}')


def family(pid):
    """A process, and those that it has started."""
    found = [pid]
    for parent in found:
        for task in os.listdir(f'/proc/{parent}/task'):
            with open(f'/proc/{parent}/task/{task}/children') as file:
                found += map(int, file.read().split())
    return found


def cpu(pid):
    """The CPU seconds that a process and those that it has started have used."""
    ticks = 0
    for one in family(pid):
        with open(f'/proc/{one}/stat') as file:
            ticks += sum(map(int, file.read().rsplit(')', 1)[1].split()[11:13]))
    return ticks / TICKS


def resident(pid):
    """The memory of a process that is in use, in MB."""
    with open(f'/proc/{pid}/status') as file:
        line = next(line for line in file if line.startswith('VmRSS'))
    return int(line.split()[1]) / 1024


def median(rows):
    """The median of each column."""
    return Used(*(statistics.median(column) for column in zip(*rows)))


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def until(what, is_so, seconds=600, pause=.02):
    """Waits for something; the program ends where it never comes."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            sys.exit(f'{what}: not within {seconds} s')
        time.sleep(pause)


def environment(folder, packages):
    """A Python environment with these packages, kept in a folder for the next run; returns its programs' folder."""
    home = os.path.join(folder, 'python')
    programs = os.path.join(home, 'bin')
    if not os.path.exists(programs):
        venv.create(home, with_pip=True)
    done = os.path.join(home, 'packages')
    wanted = ' '.join(sorted(packages))
    if not os.path.exists(done) or open(done).read() != wanted:
        subprocess.run([os.path.join(programs, 'pip'), 'install', '-q', *packages], check=True)
        with open(done, 'w') as file:
            file.write(wanted)
    return programs


class Table:
    """Lines of a table in Markdown, printed as they come."""

    def __init__(self):
        print('| benchmark | | feedwright | peer | ratio |\n|---|---|---|---|---|', flush=True)

    def line(self, name, what, ours, peer='', ratio=None):
        ratio = '' if ratio is None else f'{ratio:.2f}'
        print(f'| {name} | {what} | {ours} | {peer} | {ratio} |', flush=True)
