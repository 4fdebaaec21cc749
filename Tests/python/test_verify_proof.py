"""Tests of scripts/verify_proof.py: what is sound is verified, and each tampering is refuted at its place."""

import base64
import json
import unittest
from unittest import mock

from proof_files import ORIGIN, Log, Signer, b64, consistency, dense
from verifier_test import KEY, OTHER, ROOT, VerifierTest

import transparency
import verify_proof

VECTORS = ROOT.parent / "shared/data"
WITNESS, STRANGER = Signer("witness.example/w", 4, 3), Signer("stranger.example/s", 4, 4)


class VectorTest(unittest.TestCase):
    """The vectors that others made, where they are at hand."""

    def setUp(self):
        if not VECTORS.is_dir():
            self.skipTest("no vectors beside the project")

    def test_proofs_of_trees_are_judged_as_their_makers_say(self):
        judged = 0
        for path in sorted(VECTORS.glob("merkle/*/**/*.json")):
            case = json.loads(path.read_text("utf-8"))
            decoded = {name: base64.b64decode(case.get(name) or "") for name in ("root", "root1", "root2", "leafHash")}
            proof = [base64.b64decode(each) for each in case["proof"] or []]
            if "leafIdx" in case:
                found = transparency.proves_inclusion(
                    case["leafIdx"], case["treeSize"], decoded["leafHash"], proof, decoded["root"])
            else:
                found = transparency.proves_consistency(
                    case["size1"], case["size2"], decoded["root1"], decoded["root2"], proof)
            with self.subTest(path=str(path.relative_to(VECTORS))):
                self.assertEqual(found, not case["wantErr"])
            judged += 1
        self.assertGreater(judged, 190)

    def test_notes_of_go_are_signed_by_the_keys_of_go(self):
        keys = [line.split(" ") for line in (VECTORS / "c2sp/keys.txt").read_text("utf-8").splitlines()]
        for kind, text in keys:
            if kind == "bad-vkey":
                with self.subTest(key=text), self.assertRaises(transparency.Unreadable):
                    transparency.Key(text, transparency.LOG_KEY, "")
            if kind == "vkey":
                key = transparency.Key(text, transparency.LOG_KEY, "")
                trust = mock.Mock(log=key, witnesses=[], least=0)
                note = (VECTORS / "c2sp/note_peter_enoch.txt").read_bytes().decode()
                text, _, signatures = note.rpartition("\n\n")
                said = transparency.check_signatures(text.encode() + b"\n", signatures, trust, str)
                self.assertEqual(said, [f"{key.name}, the log"])
                with self.assertRaises(transparency.Refuted):
                    transparency.check_signatures(text.encode() + b"!\n", signatures, trust, str)

    def test_checkpoints_are_read_as_their_makers_say(self):
        for case in json.loads((VECTORS / "c2sp/checkpoint_cases.json").read_text("utf-8")):
            # C2SP is stricter than they were: roots of 32 bytes, no empty lines. So only refusals count.
            if case["want_err"]:
                trust = mock.Mock(log=KEY, witnesses=[], least=0)
                with self.subTest(case["desc"]), self.assertRaises(transparency.Fault):
                    transparency.open_checkpoint((case["input"] + "\n" + KEY.line(case["input"])).encode(), trust, str)


class EventTest(VerifierTest):
    """Proofs of one event."""

    def setUp(self):
        super().setUp()
        self.log = Log(7)
        self.note = self.log.checkpoint(KEY, WITNESS, STRANGER)
        self.proof = self.log.event_proof(5, self.note)

    def check(self, place, proof, **options):
        self.refuted(place, "event", self.write("p", proof), **options)

    def test_each_event_of_each_size_is_proven(self):
        for size in range(1, 10):
            log = Log(size)
            for position in range(1, size + 1):
                path = self.write("p", log.event_proof(position, log.checkpoint(KEY)))
                self.assertEqual(self.verified("event", path)["position"], position)

    def test_it_names_the_event_and_who_signed(self):
        found = self.verified("event", self.write("p", self.proof), "--witness", WITNESS.vkey, "--witnesses", "1")
        self.assertEqual((found["id"], found["source"], found["type"]), ("e5", "desk", "entity.named"))
        self.assertEqual(found["signed by"], [
            f"{ORIGIN}, the log", f"{WITNESS.name}, a witness, at 2027-01-15T08:00:00Z"])

    def test_every_bit_flipped_is_refuted_at_its_place(self):
        """Of the recorded line, the hashes, the root, the signature of the log and of the witness."""
        lines = self.proof.split("\n")
        places = {1: (2, 3), 3: (2,), 4: (2,), 5: (2,), 9: (12,), 11: (12,), 12: (12, 13)}
        flipped = 0
        for number, expected in places.items():
            before, _, encoded = lines[number].rpartition(" ")
            data = base64.b64decode(encoded)
            for bit in range(len(data) * 8):
                changed = bytearray(data)
                changed[bit // 8] ^= 1 << bit % 8
                altered = [*lines]
                altered[number] = f"{before} {b64(changed)}".lstrip(" ")
                path = self.write("p", "\n".join(altered))
                status, found = self.run_verifier("event", path, "--witness", WITNESS.vkey, "--witnesses", "1")
                self.assertEqual(status, 1, (number, bit, found))
                self.assertIn(found["place"], [f"{path}:{place}" for place in expected], (number, bit, found))
                flipped += 1
        self.assertGreater(flipped, 3000)

    def test_no_change_of_a_character_is_verified(self):
        for at, old in enumerate(self.proof):
            for new in {"A", ("\n", "=", " ", "")[at % 4]} - {old}:
                path = self.write("p", self.proof[:at] + new + self.proof[at + 1:])
                known = ("--witness", WITNESS.vkey, "--witness", STRANGER.vkey, "--witnesses", "2")
                status, found = self.run_verifier("event", path, *known)
                self.assertIn(status, (1, 2), (at, new, found))

    def test_wrong_index_size_key_and_root(self):
        self.check(":3", self.proof.replace("index 4", "index 3"), error="bears position 5")
        self.check(":3", self.proof.replace("index 4", "index 04"), status=2)
        self.check(":12", self.proof.replace("\n7\n", "\n8\n"), error="not one of this checkpoint")
        self.check(":12", self.proof, key=OTHER.vkey, error="not signed by the key")
        self.check(":8", self.log.event_proof(5, self.log.checkpoint(KEY, origin="other.example/log")))
        self.check(":2", self.log.event_proof(5, Log(7, lambda each: each + 1).checkpoint(KEY)), error="does not lead")
        self.check(":3", self.log.event_proof(5, self.log.checkpoint(KEY, size=3)), error="behind the 3 events")
        self.check(":2", self.log.event_proof(5, self.log.checkpoint(KEY, size=6)))

    def test_the_proof_of_another_event_is_refuted(self):
        lines, other = self.proof.split("\n"), self.log.event_proof(6, self.note).split("\n")
        self.check(":2", "\n".join([*lines[:3], *other[3:]]))
        self.check(":3", "\n".join([lines[0], other[1], *lines[2:]]))

    def test_witnesses_count_only_if_known(self):
        path = self.write("p", self.log.event_proof(5, self.log.checkpoint(KEY, WITNESS, WITNESS)))
        known = ("--witness", WITNESS.vkey, "--witness", STRANGER.vkey)
        self.verified("event", path, *known, "--witnesses", "1")
        self.refuted(":12", "event", path, *known, "--witnesses", "2", error="by 1 of the known witnesses")
        self.refuted("--witness", "event", path, *known[:2], *known[:2], status=2)
        self.refuted("--witnesses", "event", path, *known, "--witnesses", "3", status=2)

    def test_the_line_of_an_erased_event_leads_to_the_root_with_its_leaf_hash(self):
        self.log.erase(5, by=7)
        note = self.log.checkpoint(KEY)
        erased = {"leaf": b64(self.log.leaves[4])}
        self.check(":2", self.log.event_proof(5, note), error="`position` and `leaf` alone")
        self.log.lines[4] = dense({"position": 5, "erased": erased})
        path = self.write("p", self.log.event_proof(5, note))
        self.assertEqual(self.verified("event", path)["erased"], erased)
        for bad in ({}, {"leaf": 5}, {"leaf": None}, erased | {"by": 7}):
            self.log.lines[4] = dense({"position": 5, "erased": bad})
            self.check(":2", self.log.event_proof(5, note), error="`position` and `leaf` alone")
        self.log.lines[4] = dense({"position": 5, "erased": erased}).replace(b":", b": ")
        self.check(":2", self.log.event_proof(5, note), error="`position` and `leaf` alone")
        self.log.lines[4] = dense({"position": 5, "erased": {"leaf": b64(bytes(32))}})
        self.check(":2", self.log.event_proof(5, note), error="does not lead")

    def test_what_is_not_readable_is_not_called_refuted(self):
        self.check("", "", status=2)
        self.refuted("absent", "event", str(self.folder / "absent"), status=2)
        lines = self.proof.split("\n")
        for bad in ("AAAA", lines[3][:-1], lines[3] + "=", lines[3][:-2] + "B=", "\u0661" + lines[3][1:]):
            self.check("", "\n".join([*lines[:3], bad, *lines[4:]]), status=2)
        self.refuted("--key", "event", self.write("p", self.proof), key=WITNESS.vkey, status=2)

    def test_for_people_it_is_printed_so_that_no_text_steers_a_terminal(self):
        self.assertEqual(verify_proof.shown("a\x1b[2J\u202eb"), "a\\x1b[2J\\u202eb")


class AnswerTest(VerifierTest):
    """Proofs of answers, of a part of the log and of the whole."""

    def setUp(self):
        super().setUp()
        self.log = Log(9)
        self.log.erase(4, by=8)
        self.note = self.log.checkpoint(KEY)
        self.rows = [{"key": "a", "claims": [2, 5]}, {"key": "b", "claims": [3]}]
        self.part = self.log.answer(self.rows, [2, 3, 5, 8], self.note)
        self.whole = self.log.answer([*self.rows, {"key": "c"}], list(range(1, 10)), self.note, whole=True)

    def check(self, place, lines, **options):
        self.refuted(place, "answer", self.write("a", lines), **options)

    def changed(self, lines, at, old, new):
        """The lines with a text in one of them replaced."""
        self.assertIn(old.encode(), lines[at])
        return [*lines[:at], lines[at].replace(old.encode(), new.encode()), *lines[at + 1:]]

    def test_both_are_verified_and_say_what_was_not_done(self):
        for lines, erased in ((self.part, None), (self.whole, 1)):
            found = self.verified("answer", self.write("a", lines))
            self.assertEqual((found["size"], found.get("erased")), (9, erased))
            self.assertIn("rows were not folded anew; annals check-proof does that", found["notes"])

    def test_nothing_of_a_part_rests_on_an_erased_event(self):
        lines = self.log.answer(self.rows, [2, 3, 4, 5, 8], self.note)
        self.check(":8", lines, error="nothing rests on position 4, which was erased")

    def test_tampered_events_are_named(self):
        self.check(":4", self.changed(self.part, 3, '"desk"', '"task"'), error="does not lead")
        self.check(":4", self.changed(self.part, 3, "10:00:02", "10:00:01"), error="does not lead")
        self.check(":6", self.changed(self.part, 5, "10:00:03", "10:00:01"), error="before an earlier position")
        self.check(":4", self.changed(self.part, 4, b64(self.log.leaves[0]), b64(self.log.leaves[4])))
        self.check(":7", self.changed(self.part, 6, '"position":3', '"position":4'), error="not the proof of")
        self.check(":6", [*self.part[:3], *self.part[5:7], *self.part[3:5], *self.part[7:]], error="behind 3")

    def test_an_erasure_that_does_not_say_so_is_refuted_at_the_stand_in(self):
        self.log.lines[3] = self.log.lines[3].replace(b'"by":8', b'"by":9')
        for by, error in ((9, "erased by 9; it was by 8"), (12, "erased by 12; it was by 8")):
            self.log.lines[3] = self.log.lines[3].replace(b'"by":8', b'"by":%d' % by)
            self.check(":7", self.log.answer(self.rows, list(range(1, 10)), self.note, whole=True), error=error)
            self.log.lines[3] = self.log.lines[3].replace(b'"by":%d' % by, b'"by":8')
        self.log.replace(8, self.log.event(8, 8))
        note = self.log.checkpoint(KEY)
        for by, error in ((8, "by 8, which does not say so"), (12, "by 12, beyond the end of the log")):
            self.log.lines[3] = self.log.lines[3].replace(b'"by":8', b'"by":%d' % by)
            self.check(":7", self.log.answer(self.rows, list(range(1, 10)), note, whole=True), error=error)

    def test_of_the_whole_every_event_must_be_there_unchanged(self):
        status, found = self.run_verifier("answer", self.write("a", self.changed(self.whole, 5, '"desk"', '"task"')))
        self.assertEqual((status, found["place"][-2:]), (1, ":5"), found)
        self.assertIn(":13 do not give the root", found["error"])
        self.check(":6", [*self.whole[:5], *self.whole[6:]], error="position 3 stands where 2 is due")
        self.check(":6", [*self.whole[:5], self.whole[4], *self.whole[5:]], error="position 1 stands where 2 is due")
        self.check(":1", self.changed(self.whole, 0, '"events":9', '"events":8'), error="not the whole")

    def test_counts_are_those_of_the_header(self):
        self.check("a", self.part[:-2], error="ends before event 4 of 4")
        self.check("a", self.part[:-1], error="ends before the proof")
        self.check(":12", [*self.part, self.part[-1]], error="more lines than the header says")
        self.check(":3", self.part[:2] + self.part[3:], error="without claims")

    def test_rows_rest_on_the_events_that_are_there(self):
        for claims, error in (([6], "position 6, which is not among"), ([4], "position 4, which is not among"),
                              ([], "without claims"), ([10], "as of 9"), ([True], "no list of positions")):
            rows = [self.rows[0], {"key": "b", "claims": claims}]
            self.check(":3", self.log.answer(rows, [2, 5, 8], self.note), error=error)

    def test_a_forged_checkpoint_and_a_header_of_another_view_are_refuted(self):
        forged = self.log.checkpoint(OTHER)
        self.check("a:1, line 5 of the checkpoint", self.log.answer(self.rows, [2, 3, 5], forged), error="not signed")
        self.check(":1", self.log.answer(self.rows, [2, 3, 5], self.note, view="visits"), error="none of the view")
        self.check(":1", self.log.answer(self.rows, [2, 3, 5], self.note, position=10), error="beyond the 9")
        self.check(":1", self.changed(self.part, 0, '"rows":2', '"rows":2,"rows":2'), status=2)


class CheckpointTest(VerifierTest):
    """Checkpoints and what binds two of them."""

    def test_two_of_one_size_must_agree(self):
        one, other = Log(8), Log(8, lambda position: position + 1)
        paths = [self.write("one", one.checkpoint(KEY)), self.write("small", one.checkpoint(KEY, size=5))]
        self.assertIn("takes a consistency proof", self.verified("checkpoint", *paths)["notes"][0])
        paths.append(self.write("other", other.checkpoint(KEY)))
        self.refuted("other", "checkpoint", *paths, error="contradicts")

    def test_consistency_of_all_sizes(self):
        for size in range(1, 12):
            log = Log(size)
            new = self.write("new", log.checkpoint(KEY))
            for first in range(1, size + 1):
                old = self.write("old", log.checkpoint(KEY, size=first))
                proof = consistency(first, log.leaves)
                status = {"ok": True, "from": first, "to": size, "proof": [b64(each) for each in proof]}
                arguments = ["consistency", "--old", old, "--new", new, "--proof", self.write("p", dense(status))]
                self.verified(*arguments)
                self.write("p", dense(status | {"proof": [*status["proof"], b64(bytes(32))]}))
                self.refuted("p:1", *arguments, error="does not show")
                self.write("p", dense(status | {"to": size + 1}))
                self.refuted("p:1", *arguments, error=f"a proof to {size + 1}")
                self.write("p", dense(status))
                self.write("old", Log(size, lambda position: position + 1).checkpoint(KEY, size=first))
                self.refuted("p:1", *arguments, error="does not show")


if __name__ == "__main__":
    unittest.main()
