"""Kills a process of Annals at each of the moments that Sources/Files/KillPoint.swift names, and checks what is left: for crash-test.

Three sorts of moments: while clients append; while the daemon opens what an earlier kill left; and at rest, in `annals rebuild`, `backup`,
`restore` and `erase`. After each the store opens, and what clients were answered holds (scripts/histories.py); a command that was killed
is done again, and does what it is there for; in the end `annals verify` compares the views with a rebuild. A moment that is not reached is a
failure, and so is one that this file does not know.
"""

import collections
import itertools
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import subprocess
import time

import daemon as daemons
from annals import Annals
from histories import Failure, Histories, expect

SEGMENT_BYTES = 64 << 10  # so that segments follow one another while clients append
PATIENCE = 120  # seconds that a process may take to reach its point, or its end
SERVING, OPENING, TORN, AT_START, REBUILD, BACKUP, RESTORE, ERASE = (
    "while clients append", "in opening", "in opening a torn log", "after the start", "in rebuild", "in backup", "in restore",
    "in erase")

# Where a process is killed at each point, and at which passings: one is drawn, for no two are alike.
FRAME, COMMIT, SPARE, SEGMENT, ONCE, EITHER = (1, 8), (1, 2), (3, 5), (2, 4), (1, 1), (1, 2)
PLACES = {
    **dict.fromkeys(("frameBuilt", "frameWritten", "frameSynced"), {SERVING: FRAME}),
    **dict.fromkeys(("beforeAcknowledgement", "afterAcknowledgement"), {SERVING: FRAME}),
    **dict.fromkeys(("beforeApply", "beforeCommit", "afterCommit"), {SERVING: COMMIT}),
    # Opening may make a spare for itself, and begins to make another.
    **dict.fromkeys(("spareFilled", "spareNamed"), {SERVING: SPARE}),
    # The first passing is that of the opening.
    **dict.fromkeys(
        ("segmentHeaderWritten", "segmentHeaderSynced", "segmentRenamed", "segmentDurable", "segmentTruncated", "segmentSealed"),
        {OPENING: ONCE, SERVING: SEGMENT}),
    **dict.fromkeys(("leftoversRemoved", "lastFrameRewritten", "recovered", "beforeReplay", "afterReplay"), {OPENING: ONCE}),
    **dict.fromkeys(("tailKept", "tailZeroed", "tailCut"), {TORN: ONCE}),
    # That signed last, and that of its size.
    **dict.fromkeys(("checkpointSynced", "checkpointRenamed"), {AT_START: EITHER}),
    **dict.fromkeys(("rebuildBegun", "rebuildStored", "rebuildComplete"), {REBUILD: ONCE}),
    **dict.fromkeys(("rebuildOldAside", "rebuildRenamed", "rebuildDurable"), {REBUILD: ONCE}),
    **dict.fromkeys(("folderBegun", "lmdbCopied", "logCopied", "manifestWritten"), {BACKUP: ONCE}),
    **dict.fromkeys(("folderSynced", "folderRenamed", "folderDurable"), {BACKUP: ONCE, RESTORE: ONCE}),
    **dict.fromkeys(("restoreCopied", "restoreVerified", "restoreOpened"), {RESTORE: ONCE}),
    **dict.fromkeys(("erasureRecorded", "keptBytesBlotted", "erasureNoteSynced", "erasureNoted"), {ERASE: ONCE}),
    **dict.fromkeys(("entryOverwritten", "entriesErased", "erasureNoteRemoved"), {ERASE: ONCE}),
}


# What is done at rest takes time for each event, so that it has a smaller store.
STORES = ("appending", "resting")


def points():
    """The names in the source."""
    text = (daemons.ROOT / "Sources/Files/KillPoint.swift").read_text("utf-8")
    return [name.strip() for line in re.findall(r"^ +case (.+)$", text, re.MULTILINE) for name in line.split(",")]


class Killing:
    """One store, which is killed at one point after the other."""

    def __init__(self, executable, folder, seed, clients):
        self.executable, self.folder = executable, pathlib.Path(folder)
        self.folder.mkdir()
        key = self.folder / "annals.key"
        self.must("key", "new", "example.org/points", "--out", str(key))
        self.daemon = daemons.Daemon(executable, folder, "--segment-bytes", str(SEGMENT_BYTES), "--key", str(key))
        self.data = pathlib.Path(self.daemon.data)
        self.histories, self.draw = Histories(seed, clients), random.Random(seed)
        self.kills = collections.Counter()

    # Commands

    def run(self, *arguments, point=None):
        """Runs a command, at rest or as a client."""
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
        if point:
            environment["ANNALS_KILL_AT"] = point
        return subprocess.run(
            [self.executable, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", env=environment, timeout=PATIENCE)

    def must(self, *arguments):
        """Runs a command that must succeed."""
        done = self.run(*arguments)
        expect(done.returncode == 0, f"annals {' '.join(arguments)} ended with status {done.returncode}:\n{done.stdout}")
        return done.stdout

    def killed(self, point, *arguments):
        """Runs a command that must be killed at a point."""
        done = self.run(*arguments, point=point)
        expect(done.returncode == -signal.SIGKILL, f"{point} was not reached: status {done.returncode}\n{done.stdout}")

    # The daemon

    def armed(self, point):
        """What a daemon started next is to be killed at; the environment is that of the process."""
        os.environ["ANNALS_KILL_AT"] = point
        try:
            return self.daemon.spawn()
        finally:
            del os.environ["ANNALS_KILL_AT"]

    def await_kill(self, point):
        """Waits until the daemon is killed at its point."""
        try:
            status = self.daemon.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            raise Failure(f"{point} was not reached in {PATIENCE} seconds") from None
        finally:
            self.daemon.process.stdout.close()
        expect(status == -signal.SIGKILL, f"{point} was not reached: status {status}\n{self.daemon.last_words()}")

    def kill_serving(self, point, passing):
        """While clients append. What an earlier kill left is checked first."""
        if PLACES[point][SERVING] == COMMIT:
            self.check()  # so that opening has nothing to apply
        process = self.armed(f"{point}:{passing}")
        expect(process.stdout.readline(), f"{point}:{passing} was passed before clients came\n{self.daemon.last_words()}")
        self.histories.check(self.daemon.socket)
        self.histories.begin(f"{point}/{sum(self.kills.values())}", self.daemon.socket)
        try:
            self.await_kill(point)
        finally:
            self.histories.end()

    def load(self):
        """Some events more, and a kill at a random moment."""
        self.daemon.start()
        self.histories.check(self.daemon.socket)
        self.histories.begin(f"load/{sum(self.kills.values())}", self.daemon.socket)
        deadline = time.monotonic() + PATIENCE
        while not any(client.done for client in self.histories.clients):
            expect(time.monotonic() < deadline, "no client was answered")
            time.sleep(0.01)
        self.daemon.kill()
        self.histories.end()

    def has_frames(self):
        """Whether there is a frame in the last segment; a kill may have come just before its first."""
        with open(max(self.data.glob("wal/segment-*.wal")), "rb") as file:
            return file.read(4096 + 8)[4096:] == b"ANNFRAME"

    def kill_opening(self, point, passing):
        """While the daemon opens what the last kill left, which is events that it has to look at."""
        self.armed(f"{point}:{passing}")
        self.await_kill(point)

    def kill_torn(self, point, passing):
        """The same where the last frame is not whole: some bytes of one that was never finished follow the last."""
        segment = max(self.data.glob("wal/segment-*.wal"))
        with open(segment, "r+b") as file:
            content, end = file.read(), 4096
            while content[end:end + 8] == b"ANNFRAME":
                end += int.from_bytes(content[end + 16:end + 24], "little")
            file.seek(end)
            file.write(b"ANNFRAME" + self.draw.randbytes(self.draw.randint(100, 2_000)))
        self.kill_opening(point, passing)
        expect(list(self.data.glob("wal/torn-*.bin")), "no torn tail was kept")

    # At rest

    def kill_rebuild(self, point, passing):
        """LMDB is the old one, the new one, or made anew at the next start."""
        self.killed(f"{point}:{passing}", "rebuild", "--data", str(self.data), "--quiet")

    def backed_up(self):
        """Whether there is a backup under its name; then it is whole."""
        backup = self.folder / "backup"
        if not backup.exists():
            return False
        self.must("verify", str(backup), "--quiet")
        return True

    def kill_backup(self, point, passing):
        """A backup under its name is whole; one that is not is made when asked for again."""
        backup = self.folder / "backup"
        shutil.rmtree(backup, ignore_errors=True)
        process = self.armed(f"{point}:{passing}")
        expect(process.stdout.readline(), f"{point} was passed before a backup was asked for")
        expect(self.run("backup", str(backup), "--socket", self.daemon.socket).returncode != 0, "a backup ended well")
        self.await_kill(point)
        if not self.backed_up():
            with self.daemon:
                self.must("backup", str(backup), "--socket", self.daemon.socket)
            self.backed_up()
        expect(not (self.folder / "backup.tmp").exists(), "an unfinished backup was left")

    def kill_restore(self, point, passing):
        """A restored store under its name is whole, and has what the backup has."""
        backup, restored = self.folder / "backup", self.folder / "restored"
        shutil.rmtree(restored, ignore_errors=True)
        self.killed(f"{point}:{passing}", "restore", str(backup), str(restored), "--quiet")
        if not restored.exists():
            self.must("restore", str(backup), str(restored), "--quiet")
        expect(not (self.folder / "restored.tmp").exists(), "an unfinished store was left")
        self.must("verify", "--data", str(restored), "--quiet")

    def kill_erase(self, point, passing):
        """Of an event whose erasure is recorded nothing is left once the daemon has started; else all is as it was."""
        secret = secrets.token_hex(16)
        copy = self.folder / f"erasing-{point}"
        copy.mkdir()
        shutil.copytree(self.data, copy / "data")
        daemon = daemons.Daemon(self.executable, copy, "--segment-bytes", str(SEGMENT_BYTES))
        event = {"source": "points", "id": secret, "type": "entity.named", "data": {"entity": "E", "name": secret, "lang": "en"}}
        with daemon:
            with Annals.connect(daemon.socket) as annals:
                position = annals.append(event)["positions"][0]
        self.killed(
            f"{point}:{passing}", "erase", f"position={position}", "reason=test", "--yes", "--quiet", "--data", daemon.data)
        with daemon:
            with Annals.connect(daemon.socket) as annals:
                lines = list(annals.replay(from_=position))
        expect([line["position"] for line in lines] == [position, position + 1], f"the replay ends with {lines}")
        expect(lines[0].get("erased", {}).get("by") == position + 1, f"{position} was not erased: {lines[0]}")
        for path in copy.rglob("*"):
            expect(not path.is_file() or secret.encode() not in path.read_bytes(), f"{path} has what was erased")
        expect(not (copy / "data/wal/erasing.bin").exists(), "the erasure is not finished")
        self.must("verify", "--data", daemon.data, "--quiet")
        shutil.rmtree(copy)

    # All of them

    def check(self):
        """The store at rest opens, and has what it said."""
        with self.daemon:
            self.histories.check(self.daemon.socket)

    def kill_at(self, point, place, passing):
        """Has a process killed at a point, and checks what it leaves."""
        kills = {
            SERVING: self.kill_serving, OPENING: self.kill_opening, TORN: self.kill_torn, AT_START: self.kill_opening,
            REBUILD: self.kill_rebuild, BACKUP: self.kill_backup, RESTORE: self.kill_restore, ERASE: self.kill_erase,
        }
        if place in (OPENING, TORN, AT_START):
            self.load()
            while not self.has_frames():
                self.load()
        kills[place](point, passing)
        if place == REBUILD:
            self.check()
        self.kills[point] += 1

    def finish(self):
        """All that was ever acknowledged is there, and views are what a rebuild gives."""
        self.daemon.start()
        self.histories.check(self.daemon.socket)
        expect(self.daemon.stop() == 0, "the daemon did not stop well")
        daemons.verify(self.executable, self.daemon.data)
        self.must("audit", "--data", str(self.data), "--key", str(self.folder / "annals.key.pub"))
        expect("no checkpoint was kept" not in (self.folder / "log").read_text(errors="replace"), "a checkpoint failed")


def plan(draw):
    """Points with their places, in the order of one round: appending and opening by turns; and what is done at rest."""
    steps = [(point, place, passings) for point, places in PLACES.items() for place, passings in places.items()]
    serving = [step for step in steps if step[1] == SERVING]
    opening = [step for step in steps if step[1] in (OPENING, TORN, AT_START)]
    draw.shuffle(serving)
    draw.shuffle(opening)
    mixed = [step for pair in itertools.zip_longest(serving, opening) for step in pair if step]
    return mixed, [step for place in (REBUILD, BACKUP, RESTORE, ERASE) for step in steps if step[1] == place]


def kill(killing, steps, number):
    """Goes through points on one store; yields after each."""
    for point, place, passings in steps:
        passing = killing.draw.randint(*passings)
        began = time.monotonic()
        killing.kill_at(point, place, passing)
        told = f"{killing.histories.record.head} events, {time.monotonic() - began:.1f} s"
        print(f"{number}: {point}:{passing} {place}, {told}", flush=True)
        yield


def run(executable, folder, options):
    """Goes through all points so many times, each time with new stores; gives how many kills went well, of how many."""
    expect(set(points()) == set(PLACES), f"points without a place: {set(points()) ^ set(PLACES)}")
    kills, passed, began = collections.Counter(), 0, time.monotonic()
    for number in range(1, options.rounds + 1):
        stores = pathlib.Path(folder) / str(number)
        stores.mkdir()
        done, well = run_round(executable, stores, options, number)
        kills += done
        passed += well
        if not options.keep:
            shutil.rmtree(stores)
    print(f"{len(kills)} points, {sum(kills.values())} kills, {time.monotonic() - began:.0f} s")
    return passed, options.rounds * (sum(map(len, PLACES.values())) + len(STORES))


def run_round(executable, folder, options, number):
    """Goes through all points once; gives the kills by point, and how many went well."""
    passed, seed = 0, options.seed + number - 1
    stores = [Killing(executable, folder / name, seed, options.clients) for name in STORES]
    try:
        stores[1].load()
        for killing, steps in zip(stores, plan(stores[0].draw)):
            for _ in kill(killing, steps, number):
                passed += 1
        for killing in stores:
            killing.finish()
            passed += 1
    except (Failure, RuntimeError, OSError, subprocess.TimeoutExpired, json.JSONDecodeError) as failure:
        print(f"{type(failure).__name__}: {failure}\n{killing.daemon.last_words()}")
    finally:
        for killing in stores:
            process = killing.daemon.process
            if process and process.poll() is None:
                killing.daemon.kill()
            print(f"{number}: seed {seed}: {killing.histories.told()}")
    return sum((killing.kills for killing in stores), collections.Counter()), passed
