"""Tests that scripts/verify_proof.py and `annals check-proof` come to the same verdict on what a daemon gives out, sound or
tampered with. The daemon is that of ANNALS_BIN (see scripts/daemon.py)."""

import base64
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import daemon as daemons  # noqa: E402
from annals import Annals  # noqa: E402

SAMPLE = ROOT / "schema" / "examples" / "sino-russian.ndjson"
FLIPS = 40  # bits flipped in each proof


class AgreementTest(unittest.TestCase):
    """One daemon with the example record, one of its events erased, serves all tests."""

    @classmethod
    def setUpClass(cls):
        cls.binary = daemons.binary()
        folder = tempfile.TemporaryDirectory(prefix="annals-python-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.annals("key", "new", "log.example/annals", "--out", str(cls.folder / "key"))
        cls.key, cls.public = str(cls.folder / "key"), str(cls.folder / "key.pub")
        with daemons.Daemon(cls.binary, folder.name, "--key", cls.key) as daemon:
            cls.data, cls.socket = daemon.data, daemon.socket
            with Annals.connect(daemon.socket) as annals:
                annals.append([json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()])
            daemon.stop()
        cls.annals("erase", "position=66", "reason=ordered", "--data", cls.data, "--yes", "--quiet")
        cls.daemon = daemons.Daemon(cls.binary, folder.name, "--key", cls.key)
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.close)

    @classmethod
    def annals(cls, *arguments, check=True):
        """Runs a command; its exit status and what it printed."""
        environment = {**os.environ, "ANNALS_SOCKET": getattr(cls, "socket", "/nowhere"), "SWIFT_BACKTRACE": "enable=no"}
        done = subprocess.run(
            [cls.binary, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", env=environment)
        if check and done.returncode != 0:
            raise AssertionError(f"annals {' '.join(arguments)}: {done.returncode}\n{done.stdout}")
        return done.returncode, done.stdout

    def verdicts(self, kind, content):
        """Whether each of the two accepts a file with this content."""
        path = self.folder / "tampered"
        path.write_bytes(content)
        status, told = self.annals("check-proof", str(path), "--key", self.public, "--quiet", check=False)
        self.assertIn(status, (0, 3), told)
        done = subprocess.run(
            [sys.executable, ROOT / "scripts" / "verify_proof.py", kind, str(path), "--key", self.public],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertIn(done.returncode, (0, 1, 2), done.stdout)
        return status == 0, done.returncode == 0

    def agree(self, kind, content, expected, what):
        """Both must come to the expected verdict."""
        self.assertEqual(self.verdicts(kind, content), (expected, expected), what)

    def proof(self, *arguments):
        """A proof of an event or of an answer, as a command writes it."""
        path = self.folder / "proof"
        self.annals(*arguments, str(path))
        return path.read_bytes()

    def flipped(self, content, places):
        """Copies with one bit changed each, at random places."""
        random_ = random.Random(7)
        for place in random_.sample(list(places), min(FLIPS, len(places))):
            bit = random_.randrange(8)
            yield f"bit {bit} of byte {place}", content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1:]

    def test_proofs_of_events(self):
        for position in (1, 64, 66, 114):
            content = self.proof("prove", f"position={position}", "--out")
            self.agree("event", content, True, position)
            for what, tampered in self.flipped(content, range(len(content))):
                self.agree("event", tampered, False, f"{position}: {what}")

    def test_an_event_in_anothers_place(self):
        one, other = (self.proof("prove", f"position={position}", "--out").split(b"\n") for position in (20, 21))
        self.agree("event", b"\n".join([one[0], other[1], *one[2:]]), False, "the event of another proof")
        self.agree("event", b"\n".join([*one[:2], other[2], *one[3:]]), False, "the index of another proof")
        renumbered = base64.b64encode(base64.b64decode(other[1][6:]).replace(b'"position":21', b'"position":20'))
        self.agree("event", b"\n".join([one[0], b"extra " + renumbered, *one[2:]]), False, "renumbered")

    def test_proofs_of_answers(self):
        for view, options in (("treaties", ()), ("meetings", ()), ("sources", ()), ("visits", ("--whole",))):
            content = self.proof("query", view, *options, "--json", "--proof")
            self.agree("answer", content, True, view)
            rows = json.loads(content.split(b"\n")[0])["rows"]
            # What the rows say is for folding to judge, which only one of the two does; all behind them is for both.
            start = sum(len(line) + 1 for line in content.split(b"\n")[:rows + 1])
            for what, tampered in self.flipped(content, range(start, len(content))):
                self.agree("answer", tampered, False, f"{view}: {what}")

    def test_an_answer_tampered_with_by_lines(self):
        lines = self.proof("query", "treaties", "--json", "--proof").split(b"\n")
        header = json.loads(lines[0])
        first = header["rows"] + 1
        fewer = lines[0].replace(b'"events":%d' % header["events"], b'"events":%d' % (header["events"] - 1))
        claim = next(place for place in range(first, len(lines)) if b"claim.treaty" in lines[place])
        corpus = {
            "an event left out": [fewer, *lines[1:claim], *lines[claim + 2:]],
            "events exchanged": [*lines[:first], *lines[first + 2:first + 4], *lines[first:first + 2], *lines[first + 4:]],
            "cut short": [*lines[:-2], b""],
            "something behind": [*lines[:-1], b"{}", b""],
            "a larger log": [lines[0].replace(b"\\n114\\n", b"\\n115\\n"), *lines[1:]],
            "said to be whole": [lines[0].replace(b'"whole":false', b'"whole":true'), *lines[1:]],
        }
        for what, tampered in corpus.items():
            self.assertNotEqual(tampered, lines, what)
            self.agree("answer", b"\n".join(tampered), False, what)

    def test_exports(self):
        log, checkpoint = self.folder / "log.ndjson", self.folder / "log.checkpoint"
        self.annals("export", "log", str(log), "--checkpoint", str(checkpoint), "--quiet")
        tiles = self.folder / "tiles"
        self.annals("export", "tiles", str(tiles), "--quiet")
        verify = [sys.executable, ROOT / "scripts" / "verify_proof.py"]
        kept = sorted((pathlib.Path(self.data) / "checkpoints").glob("checkpoint-*.txt"))
        against = [word for path in [checkpoint, *kept] for word in ("--checkpoint", str(path))]
        for arguments in (["log", str(log), *against], ["tiles", str(tiles)], ["checkpoint", *map(str, kept)]):
            done = subprocess.run(
                [*verify, *arguments, "--key", self.public], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(done.returncode, 0, done.stdout)
        status, told = self.annals("audit", "--key", self.public, "--data", self.data, "--quiet")
        self.assertTrue(told.endswith("sound\n"), told)
        again = self.folder / "again.ndjson"
        self.annals("export", "log", str(again), "--quiet")
        self.assertEqual(again.read_bytes(), log.read_bytes(), "the same log, the same bytes")


if __name__ == "__main__":
    unittest.main()
