#!/usr/bin/env python3
"""Runs the examples of README.md and compares what they print with what the README says they print.

    check_readme.py [FILE]

An example is a block of kind `console` right below the line `<!-- test -->`:

    <!-- test -->
    ```console
    $ annals ping
    {"ok":true,"version":"0.1.0"}
    ```

A line that begins with `$ ` is a command, run by bash; `> ` continues it. What follows is its output, both streams
together. In it `…` stands for anything within a line, a line that is `…` for any number of lines. Times of RFC 3339
and the name of the user are not compared. A command that shows no output must end with status 0, whatever it
prints; one that does may fail, since examples show errors too. A command that ends in ` &` stays until all examples are
done; it counts as ready with the lines that the README shows of it, or else with its first.

All examples of a file run one after the other in one shell, in a temporary folder that is HOME too and has links to what
the project holds. `annals` is the executable that ANNALS_BIN names, or a debug build.
"""

import getpass
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import daemon as daemons

MARK = "<!-- test -->"
END = "end-of-output"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
USER = re.compile(r'("recordedby":")[^"]*"')
STOP_SECONDS = 60  # that a command in the background may take to end


def examples(text):
    """Blocks that are to be run, each with the number of its first line: (number, lines)."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.strip() == MARK and lines[number + 1:number + 2] == ["```console"]:
            end = lines.index("```", number + 2)
            yield number + 3, lines[number + 2:end]


def commands(number, lines):
    """Commands of a block: [line number, command, expected output lines]."""
    found = []
    for offset, line in enumerate(lines):
        if line.startswith("$ "):
            found.append([number + offset, line[2:], []])
        elif not found:
            sys.exit(f"line {number + offset}: an example begins with a command, `$ …`")
        elif (line == ">" or line.startswith("> ")) and not found[-1][2]:
            found[-1][1] += "\n" + line[2:]
        else:
            found[-1][2].append(line)
    return found


def masked(text):
    """The text without what differs from run to run."""
    return USER.sub(r'\1USER"', TIME.sub("TIME", text)).rstrip()


def pattern(expected):
    """A regular expression for expected output."""
    parts = []
    for line in expected:
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*")
        else:
            parts.append("[^\n]*".join(map(re.escape, masked(line).split("…"))) + "\n")
    return re.compile("".join(parts))


class Shell:
    """One bash for all examples of a file."""

    def __init__(self, folder, path):
        self.folder = folder
        self.background = []
        environment = {
            "HOME": folder, "PATH": path, "LANG": "C.UTF-8", "USER": getpass.getuser(), "SWIFT_BACKTRACE": "enable=no",
        }
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")

    def run(self, command):
        """Runs a command; gives its output and exit status."""
        self.process.stdin.write(f"{{ {command}\n}} </dev/null; printf '\\n{END} %d\\n' $?\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) and not line.startswith(END):
            lines.append(line)
        # The empty line before the mark is ours, or ends a line that the command did not end.
        if lines and lines[-1] == "\n":
            lines.pop()
        return "".join(lines), int(line.removeprefix(END) or -1)

    def begin(self, command, count):
        """Runs a command in the background; gives its first `count` lines of output, and -1 if there are none."""
        fifo = f"{self.folder}/.output-{len(self.background)}"
        os.mkfifo(fifo)
        self.process.stdin.write(f"(exec {command.rstrip().removesuffix('&')}) </dev/null >{fifo} 2>/dev/null &\n")
        self.process.stdin.flush()
        self.background.append(open(fifo, encoding="utf-8", errors="replace"))
        output = "".join(self.background[-1].readline() for _ in range(count))
        return output, 0 if output else -1

    def close(self):
        """Ends the shell and what runs in the background."""
        self.run("kill $(jobs -p) && wait")
        self.process.stdin.close()
        self.process.wait(timeout=STOP_SECONDS)
        self.process.stdout.close()
        for output in self.background:
            output.close()


def check(shell, number, command, expected):
    """Runs a command of an example; gives what is wrong, or None."""
    is_background = command.rstrip().endswith(" &")
    output, status = shell.begin(command, len(expected) or 1) if is_background else shell.run(command)
    if not expected:
        return f"line {number}: $ {command}\n--- ended with status {status}\n{output}" if status else None
    found = "".join(f"{masked(line)}\n" for line in output.splitlines())
    if pattern(expected).fullmatch(found):
        return None
    wanted = "\n".join(expected)
    return f"line {number}: $ {command}\n--- printed\n{output}--- instead of\n{wanted}"


def main():
    """Runs all examples; the exit status is 1 if one failed, or there are none."""
    file = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else daemons.ROOT / "README.md")
    found = [each for number, lines in examples(file.read_text("utf-8")) for each in commands(number, lines)]
    if not found:
        sys.exit(f"{file.name} has no example to run")
    executable = daemons.binary()
    with tempfile.TemporaryDirectory(prefix="annals-readme-") as folder:
        for entry in daemons.ROOT.iterdir():
            if not entry.name.startswith("."):
                os.symlink(entry, pathlib.Path(folder, entry.name))
        os.makedirs(f"{folder}/.bin")
        pathlib.Path(folder, ".bin", "annals").write_text(f'#!/bin/sh\nexec {shlex.quote(executable)} "$@"\n')
        os.chmod(f"{folder}/.bin/annals", 0o755)
        shell = Shell(folder, f"{folder}/.bin:{os.environ['PATH']}")
        try:
            faults = [fault for each in found if (fault := check(shell, *each))]
        finally:
            shell.close()
    for fault in faults:
        print(fault)
    print(f"{len(found) - len(faults)} passed, {len(faults)} failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
