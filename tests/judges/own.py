"""feedwright's own rules for feeds (`check --feeds`), beside the others'."""

import functools
import json
import os
import subprocess

# What these rules leave to others, of the faults of the self-test.
LEFT = {
    "a title that some readers decode twice",
    "another author in one format",
    "an element left open",
}


@functools.cache
def are_there():
    """Whether the program has them."""
    told = subprocess.run([os.environ["JUDGES_BINARY"], "check", "--help"], capture_output=True, text=True)
    return "--feeds" in told.stdout and "--json" in told.stdout


def findings(folder):
    """What they find in a folder: level and finding."""
    command = [os.environ["JUDGES_BINARY"], "check", "--feeds", "--json", str(folder)]
    done = subprocess.run(
        command, cwd=folder.parent, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    told = [
        (
            one["level"],
            f"{one['path']}:{one.get('line')}: {one['rule']}: {one['message']}: {one.get('detail')}",
        )
        for one in found
    ]
    if done.returncode and not any(level == "error" for level, _ in told):
        told.append(("error", f"it ended with {done.returncode}: {done.stderr[-300:]}"))
    return told


def rules(tree):
    """They find no error."""
    if not are_there():
        return 0, []
    return len(tree.feeds()), [fault for level, fault in findings(tree.folder) if level == "error"]
