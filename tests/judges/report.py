"""What the judges found: a line for each, and in the end whether all is well."""

import sys
import time

# So many faults of one kind tell as much as all of them.
SHOWN = 12


class Report:
    """Collects verdicts; prints them unless it is silent."""

    def __init__(self, silent=False):
        self.silent = silent
        self.passed = 0
        self.failed = []
        self.since = time.monotonic()

    def verdict(self, place, judge, count, faults, may_be_none=False):
        """One judge's word. A judge that saw nothing is no proof."""
        faults = list(faults)
        took, self.since = time.monotonic() - self.since, time.monotonic()
        if not faults and not count:
            if may_be_none:
                self.say(f"none  {place}: {judge} (there is nothing of the kind)")
                return
            faults = ["there was nothing to judge"]
        if not faults:
            self.passed += 1
            self.say(f"PASS  {place}: {judge} ({count} looked at, {took:.1f} s)")
            return
        self.failed.append((place, judge, faults))
        self.say(f"FAIL  {place}: {judge}")
        for fault in faults[:SHOWN]:
            self.say(f"      {printable(fault)}")
        if len(faults) > SHOWN:
            self.say(f"      and {len(faults) - SHOWN} more")

    def say(self, line):
        if not self.silent:
            print(line, flush=True)

    def end(self):
        """The closing lines; the exit status."""
        for place, judge, faults in self.failed:
            self.say(f"failed: {place}: {judge}: {printable(faults[0])}")
        self.say(f"judges: {self.passed} passed, {len(self.failed)} failed")
        sys.stdout.flush()
        return 1 if self.failed else 0


def printable(text):
    """Safe on any terminal, and short."""
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text))
    return text if len(text) <= 400 else f"{text[:200]} … {text[-190:]}"
