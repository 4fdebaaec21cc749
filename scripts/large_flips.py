"""Flips random bits of a large store, one at a time: the part of flip-test that `--large` asks for."""

import collections
import concurrent.futures
import itertools
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import daemon as daemons
from generate import Generator

SEGMENT_BYTES = 1 << 20
PROGRESS_SECONDS = 10
FAULTS = ("wrong", "misplaced", "sound")  # what must not be said of a flipped bit


def make_store(executable, folder, events, seed):
    """A store of generated events, at rest, nothing of it waiting to be applied; its data folder."""
    lines = folder / "events.ndjson"
    with open(lines, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{event}\n" for event in itertools.islice(Generator(seed).events(), events))
    daemon = daemons.Daemon(executable, folder, "--segment-bytes", str(SEGMENT_BYTES))
    with daemon:
        subprocess.run(
            [executable, "append", "--socket", daemon.socket, str(lines)], check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL)
    with daemon:  # Applies what the first left.
        pass
    data = pathlib.Path(daemon.data)
    (data / "wal" / "spare.wal").unlink(missing_ok=True)
    daemons.verify(executable, str(data))
    return data


def parts_of(data):
    """The files whose bits are flipped, by path in the store, with their sizes."""
    files = [data / "lmdb" / "data.mdb", *sorted((data / "wal").glob("segment-*.wal"))]
    return {str(file.relative_to(data)): file.stat().st_size for file in files}


def draw(files, count, seed):
    """So many different bits, by chance, all bits of all files alike: (path, bit)."""
    ends = list(itertools.accumulate(8 * size for size in files.values()))
    chosen = sorted(random.Random(seed).sample(range(ends[-1]), min(count, ends[-1])))
    drawn, start = [], 0
    for path, end in zip(files, ends):
        drawn += [(path, bit - start) for bit in chosen if start <= bit < end]
        start = end
    random.Random(seed).shuffle(drawn)
    return drawn


def flip(data, path, bit):
    """Flips a bit of a file of the store."""
    with open(pathlib.Path(data) / path, "r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


class Findings:
    """What was said of each bit, by what the bit is part of."""

    def __init__(self, total):
        self.counts, self.hidden, self.faults = collections.Counter(), [], []
        self.total, self.begun, self.lock = total, time.monotonic(), threading.Lock()
        self.told = self.begun

    def add(self, path, bit, part, word, verdict=""):
        """Counts one bit. A hidden one has a verdict: what comparing all tables said."""
        with self.lock:
            self.counts[part, word] += 1
            if word == "hidden":
                self.hidden.append((path, bit))
                self.counts["compared", verdict] += 1
            if word in FAULTS or verdict in FAULTS:
                self.faults.append((path, bit, part, word, verdict))
            now = time.monotonic()
            if now - self.told >= PROGRESS_SECONDS:
                self.told = now
                print(f"{self.done()} of {self.total} bits, {now - self.begun:.0f} s", file=sys.stderr, flush=True)

    def done(self):
        """How many bits were flipped."""
        return sum(count for (part, _), count in self.counts.items() if part != "compared")

    def table(self):
        """Lines: what the bits are part of, and what was said of them."""
        words = ["found", "ended", "hidden", "harmless", "misplaced", "wrong"]
        yield f"{'part':<12}" + "".join(f"{word:>10}" for word in words)
        for part in sorted({part for part, _ in self.counts} - {"compared"}):
            yield f"{part:<12}" + "".join(f"{self.counts[part, word]:>10}" for word in words)


def run_checker(checker, sound, copy, bits, findings):
    """Gives bits to flip-check; where it ended, mends the copy and goes on behind the bit."""
    rest = list(bits)
    while rest:
        with tempfile.TemporaryFile("w+") as orders:
            orders.writelines(f"{path} {bit}\n" for path, bit in rest)
            orders.seek(0)
            checking = subprocess.Popen(
                [checker, str(sound), str(copy)], stdin=orders, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                errors="replace", env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
            bit = None
            for line in checking.stdout:
                path, bit, part, *words = line.split()
                rest.pop(0)
                if line.endswith("\n"):
                    findings.add(path, int(bit), part, *words)
            complaint = checking.stderr.read()
            if checking.wait() > 0 or bit is None:
                raise RuntimeError(f"flip-check ended with status {checking.returncode}: {complaint}")
            if checking.returncode < 0:
                # By a signal: LMDB stumbled, over a page that is none, for instance.
                flip(copy, path, int(bit))
                findings.add(path, int(bit), part, *(["hidden", "ended"] if words else ["ended"]))


def run(executable, checker, verdict, options):
    """Makes the store, flips, and tells; the exit status."""
    with tempfile.TemporaryDirectory(prefix="annals-flip-") as folder, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        folder = pathlib.Path(folder)
        sound = make_store(executable, folder, options.events, options.seed)
        files = parts_of(sound)
        sizes = [sum(size for path, size in files.items() if path.startswith(kind)) >> 20 for kind in ("lmdb", "wal")]
        print(f"seed {options.seed}: {options.events} events, LMDB {sizes[0]} MiB, write-ahead log {sizes[1]} MiB in "
              f"{len(files) - 1} segments", flush=True)
        bits = draw(files, options.flips, options.seed)
        findings = Findings(len(bits))

        def work(job):
            copy = folder / f"copy-{job}"
            shutil.copytree(sound, copy)
            run_checker(checker, sound, copy, bits[job::options.jobs], findings)

        list(pool.map(work, range(options.jobs)))
        for line in findings.table():
            print(line)
        compared = {word: count for (part, word), count in findings.counts.items() if part == "compared"}
        print(f"hidden: {len(findings.hidden)}; of each all tables were compared as `annals verify` does: {compared}")
        given = random.Random(options.seed).sample(findings.hidden, min(options.verify, len(findings.hidden)))
        verdicts = list(pool.map(lambda place: verdict(executable, sound, *place), given))
        print(f"{len(given)} of them were given to `annals verify` itself: {dict(collections.Counter(verdicts))}")
    for path, bit, part, word, said in findings.faults[:20]:
        print(f"{word} {said}".rstrip() + f": bit {bit % 8} of byte {bit // 8} of {path}, {part}")
    failed = len(findings.faults) + verdicts.count("sound")
    print(f"{findings.done() - failed} passed, {failed} failed, {time.monotonic() - findings.begun:.0f} s")
    return int(failed > 0)
