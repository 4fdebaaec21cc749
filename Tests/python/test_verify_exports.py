"""Tests of scripts/verify_proof.py on exports: logs of one line an event, and folders of tiles."""

import contextlib
import unittest

from proof_files import Log, b64, dense
from verifier_test import KEY, VerifierTest

import log_tiles


class LogTest(VerifierTest):
    """Exported logs against checkpoints."""

    def setUp(self):
        super().setUp()
        self.log = Log(20)
        self.log.erase(4, by=18)
        sizes = (0, 1, 6, 13, 20)
        self.notes = [self.write(f"c{size}", self.log.checkpoint(KEY, size=size)) for size in sizes]

    def arguments(self, log, notes=None):
        notes = self.notes if notes is None else notes
        return ["log", self.write("log", log.lines), *(part for note in notes for part in ("--checkpoint", note))]

    def check(self, place, log, error, **options):
        self.refuted(place, *self.arguments(log, **options), error=error)

    def test_a_log_agrees_with_old_checkpoints_too(self):
        self.assertEqual(self.verified(*self.arguments(self.log))["erased"], 1)
        found = self.verified(*self.arguments(self.log, notes=self.notes[2:3]))
        self.assertEqual(found["notes"], ["the last 14 events are under no checkpoint given"])

    def test_tampering_is_found_at_its_line_or_between_two_checkpoints(self):
        self.log.replace(9, Log.event(9, 9, source="task"))
        self.check(":7-13", self.log, "do not give the root")
        self.log.replace(9, Log.event(9, 8))
        self.check(":7-13", self.log, "do not give the root")
        self.log.replace(9, Log.event(9, 7))
        self.check(":9", self.log, "before an earlier position")
        self.log.lines[8] = self.log.lines[8][:-1]
        self.check(":9", self.log, "not JSON")

    def test_events_removed_inserted_exchanged_and_cut_off_are_found(self):
        lines = self.log.lines
        for place, changed, error in (
                (":9", lines[:8] + lines[9:], "10 stands where 9"), (":10", lines[:9] + lines[8:], "9 stands where 10"),
                (":9", [*lines[:8], lines[9], lines[8], *lines[10:]], "10 stands where 9"),
                (":19", lines[:19], "ends here"), (":20", [*lines[:19], lines[19] + b" "], "")):
            self.log.lines = changed
            self.check(place if error else ":14-20", self.log, error)

    def test_a_log_made_anew_is_found_by_an_older_checkpoint(self):
        other = Log(20, lambda position: position + 1)
        own = self.write("own", other.checkpoint(KEY))
        self.verified(*self.arguments(other, notes=[own]))
        self.check(":1-6", other, "do not give the root", notes=[own, self.notes[2]])

    def test_each_erased_event_is_named_by_a_later_one(self):
        self.log.replace(18, Log.event(18, 18))
        self.check(":4", self.log, "which does not say so", notes=self.notes[:1])
        self.log.erase(5, by=18)
        self.check(":4", self.log, "which does not say so", notes=self.notes[:1])
        fresh = Log(20)
        fresh.erase(4, by=18)
        fresh.lines[3] = dense({"position": 4, "erased": {"by": 18, "leaf": b64(bytes(32))}})
        self.check(":4", fresh, "another leaf hash", notes=self.notes[:1])
        fresh.lines[3] = Log(20).lines[3]
        self.check(":18", fresh, "is said to be erased, and is not", notes=self.notes[:1])


class TilesTest(VerifierTest):
    """Folders of tiles."""

    def setUp(self):
        super().setUp()
        self.log = Log(600)
        self.log.erase(300, by=590)
        self.log.tiles(self.folder, self.log.checkpoint(KEY), erased=[300])

    def check(self, place, error=""):
        self.refuted(place, "tiles", str(self.folder), error=error)

    @contextlib.contextmanager
    def altered(self, name, change):
        """Changes the bytes of a file of the folder for a while."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(change(bytearray(before or b"")))
        try:
            yield
        finally:
            path.unlink() if before is None else path.write_bytes(before)

    def test_sound_tiles_are_verified_and_those_of_smaller_trees_may_stay(self):
        self.assertEqual(self.verified("tiles", str(self.folder))["erased"], 1)
        with self.altered("tile/0/001.p/7", lambda _: b"".join(self.log.leaves[256:263])):
            self.verified("tiles", str(self.folder))
        with self.altered("tile/0/001.p/7", lambda _: b"".join(self.log.leaves[257:264])):
            self.check("tile/0/001.p/7", "not the beginning")

    def test_each_altered_tile_is_named(self):
        def flip(at):
            return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]

        for name, place, change in (
                ("tile/0/000", "entries/000, position 3", flip(70)), ("tile/1/000.p/2", "1/000.p/2, hash 1", flip(40)),
                ("tile/0/001", "entries/001, position 300", flip(32 * 43)),
                ("tile/entries/002.p/88", "002.p/88, position 513", flip(5)),
                ("tile/0/002.p/88", "tile/0/002.p/88", lambda data: data[:-32]),
                ("tile/entries/001", "tile/entries/001", lambda data: data[:-1]),
                ("tile/0/003", "tile/0/003", lambda _: bytes(8192)),
                ("tile/2/000.p/1", "2/000.p/1", lambda _: bytes(32)),
                ("erased", "entries/001, position 300", lambda _: b""),
                ("erased", "entries/000, position 2", lambda _: b"2\n300\n"), ("erased", "erased", lambda _: b"601\n")):
            with self.subTest(name=name, place=place), self.altered(name, change):
                self.check(place)

    def test_a_missing_tile_and_a_checkpoint_of_another_log_are_refuted(self):
        (self.folder / "checkpoint").write_text(Log(600).checkpoint(KEY), "utf-8")
        self.check("checkpoint:1", "do not give the root")
        (self.folder / "tile/1/000.p/2").unlink()
        self.check("tile/1/000.p/2", "missing")

    def test_indexes_of_tiles_are_written_in_groups(self):
        self.assertEqual(log_tiles.tile_path(0, 1234067, 256), "tile/0/x001/x234/067")
        self.assertEqual(log_tiles.tile_path("entries", 1000, 5), "tile/entries/x001/000.p/5")


if __name__ == "__main__":
    unittest.main()
