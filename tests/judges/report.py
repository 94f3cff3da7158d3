"""What the judges found: a line for each, and in the end whether all is well."""

import re
import time

# So many faults of one kind tell as much as all of them.
SHOWN = 12


class Report:
    """Collects verdicts."""

    def __init__(self, known=()):
        # Faults that are known and not mended yet: expressions, and how often
        # each was met.
        self.known = {expression: 0 for expression in known}
        self.lines = []
        self.passed = 0
        self.failed = []
        self.since = time.monotonic()

    def new_ones(self, judge, faults):
        """Faults that are not known."""
        for fault in faults:
            expression = next((one for one in self.known if re.search(one, f"{judge}: {fault}")), None)
            if expression is None:
                yield fault
            else:
                self.known[expression] += 1

    def verdict(self, place, judge, count, faults, may_be_none=False):
        """One judge's word. A judge that saw nothing is no proof."""
        faults = list(faults)
        took, self.since = time.monotonic() - self.since, time.monotonic()
        if not faults and not count:
            if may_be_none:
                self.say(f"none  {place}: {judge} (there is nothing of the kind)")
                return
            faults = ["there was nothing to judge"]
        new = list(self.new_ones(judge, faults))
        if faults and not new:
            self.say(f"KNOWN {place}: {judge}: {len(faults)} faults, all in known.txt")
            return
        faults = new
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
        self.lines.append(line)

    def add(self, other):
        """Takes over another one's verdicts, and prints its lines."""
        for line in other.lines:
            print(line, flush=True)
        self.passed += other.passed
        self.failed += other.failed
        for expression, times in other.known.items():
            self.known[expression] += times

    def end(self):
        """Prints the closing lines; the exit status."""
        for expression, times in self.known.items():
            if not times:
                self.failed.append(("known.txt", expression, ["is mended: strike the line"]))
        for place, judge, faults in self.failed:
            print(f"failed: {place}: {judge}: {printable(faults[0])}")
        print(f"judges: {self.passed} passed, {len(self.failed)} failed", flush=True)
        return 1 if self.failed else 0


def printable(text):
    """Safe on any terminal, and short."""
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text))
    return text if len(text) <= 400 else f"{text[:200]} … {text[-190:]}"
