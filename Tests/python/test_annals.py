"""Tests of scripts/annals.py against a daemon of their own, which ANNALS_BIN names (see scripts/daemon.py)."""

import decimal
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import daemon as daemons  # noqa: E402
from annals import Annals, AnnalsError, arguments  # noqa: E402

SOURCE = "annals/tests/python"


def entity(id_, name="A name"):
    """An event that declares an entity of the same id."""
    data = {"entity": id_, "kind": "organisation", "names": {"en": [name]}}
    return {"source": SOURCE, "id": id_, "type": "entity.declared", "subject": id_, "data": data}


class ClientTest(unittest.TestCase):
    """Each test has a daemon with an empty record."""

    @classmethod
    def setUpClass(cls):
        cls.binary = daemons.binary()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="annals-python-")
        self.addCleanup(folder.cleanup)
        self.daemon = daemons.Daemon(self.binary, folder.name)
        self.daemon.start()
        self.addCleanup(self.daemon.close)
        self.annals = Annals.connect(self.daemon.socket, timeout=60)
        self.addCleanup(self.annals.close)

    def append_sample(self):
        """Appends the sample record, and waits for nothing: the same connection sees it."""
        lines = (ROOT / "schema/examples/sino-russian.ndjson").read_text("utf-8").splitlines()
        return self.annals.append(f"[{','.join(lines)}]")

    def test_append_takes_a_dict_a_list_and_text(self):
        self.assertEqual(self.annals.append(entity("a"))["positions"], [1])
        self.assertEqual(self.annals.append([entity("b"), entity("c"), entity("a")])["positions"], [2, 3, 1])
        status = self.annals.append(json.dumps(entity("d")))
        self.assertEqual((status["positions"], status["head"], status["duplicates"]), ([4], 4, 0))

    def test_conditions_are_sent_and_a_conflict_tells_the_position(self):
        self.annals.append(entity("a"), if_head=0)
        self.annals.append(entity("b"), if_subject=0)
        with self.assertRaises(AnnalsError) as caught:
            self.annals.append(entity("c"), if_head=1)
        self.assertEqual((caught.exception.code, caught.exception.position), ("conflict", 2))
        self.assertFalse(caught.exception.retry)

    def test_a_refusal_names_its_place_and_the_connection_lives_on(self):
        bad = entity("b")
        bad["data"]["knd"] = bad["data"].pop("kind")
        with self.assertRaises(AnnalsError) as caught:
            self.annals.append([entity("a"), bad])
        error = caught.exception
        self.assertEqual((error.code, error.pointer, error.index), ("invalid_event", "/1/data/knd", 1))
        self.assertIn("/1/data/knd", str(error))
        self.assertEqual(error.status["error"], "invalid_event")
        self.assertEqual(self.annals.request("STATUS")[1]["head"], 0)

    def test_query_quotes_names_in_any_script_and_reads_its_own_writes(self):
        self.append_sample()
        by_id, status = self.annals.query("meetings", between=["Q7747", "Q15031"], from_="2021")
        by_name, _ = self.annals.query("meetings", between=["بوتين", "شي جين بينغ"], from_="2021")
        self.assertTrue(by_id)
        self.assertEqual(by_name, by_id)
        self.assertEqual(status["count"], len(by_id))

    def test_diff_tells_what_changed_between_two_positions_and_why(self):
        self.annals.append([entity("a"), entity("b")])
        self.annals.append({
            "source": SOURCE, "id": "name", "type": "entity.named", "data": {"entity": "a", "name": "B", "lang": "en"}})
        rows, status = self.annals.diff("entities", 1)
        self.assertEqual([(row["key"], row["before"] is None, row["causes"]) for row in rows],
                         [("a", False, [3]), ("b", True, [2])])
        self.assertEqual((status["from"], status["to"]), (1, 3))
        rows, status = self.annals.diff("entities", 1, 2, entity="b")
        self.assertEqual(([row["key"] for row in rows], status["to"]), (["b"], 2))

    def test_fractions_are_exact(self):
        self.append_sample()
        rows, _ = self.annals.request("REPLAY type=claim.trade")
        found = [value for row in rows for value in row["data"].get("amount", row["data"].get("percent")).values()]
        self.assertTrue(all(not isinstance(value, float) for value in found))
        self.assertIn(decimal.Decimal, map(type, found))

    def test_pipeline_yields_replies_and_refusals_in_order(self):
        lines = [f"APPEND {json.dumps(entity(f'e{number}'))}" for number in range(200)]
        lines[100:100] = ["NONSENSE", "PING"]
        replies = list(self.annals.pipeline(lines, window=32))
        self.assertIsInstance(replies[100], AnnalsError)
        self.assertEqual(replies[100].code, "unknown_verb")
        self.assertIn("version", replies[101][1])
        positions = [reply[1]["positions"] for reply in replies[:100] + replies[102:]]
        self.assertEqual(positions, [[number] for number in range(1, 201)])

    def test_replay_yields_events_and_leaves_the_connection_usable(self):
        self.annals.append([entity(str(number)) for number in range(10)])
        events = list(self.annals.replay(from_=3, to=7, type="entity.*"))
        self.assertEqual([event["position"] for event in events], [3, 4, 5, 6, 7])
        self.assertEqual(self.annals.request("STATUS")[1]["head"], 10)
        with self.assertRaises(AnnalsError) as caught:
            list(self.annals.replay(from_=12))
        self.assertEqual(caught.exception.code, "too_far_ahead")

    def test_a_follower_gets_what_comes_later_and_closes_when_it_is_left(self):
        follower = Annals.connect(self.daemon.socket, timeout=60)
        events = follower.replay(follow=True)
        writer = threading.Thread(target=self.annals.append, args=([entity("a"), entity("b")],))
        writer.start()
        self.assertEqual([next(events)["id"], next(events)["id"]], ["a", "b"])
        writer.join()
        events.close()
        with self.assertRaises((OSError, ValueError)):
            follower.request("PING")

    def test_the_end_of_the_daemon_is_a_connection_error(self):
        self.daemon.kill()
        with self.assertRaises(OSError):
            self.annals.request("PING")
            self.annals.request("PING")

    def test_the_command_prints_the_reply_and_tells_failure_by_its_status(self):
        command = [sys.executable, str(ROOT / "scripts/annals.py"), self.daemon.socket]
        done = subprocess.run([*command, "PING"], stdout=subprocess.PIPE, text=True)
        self.assertEqual((done.returncode, json.loads(done.stdout)["ok"]), (0, True))
        failed = subprocess.run([*command, "GET position=9"], stdout=subprocess.PIPE, text=True)
        self.assertEqual((failed.returncode, json.loads(failed.stdout)["error"]), (1, "not_found"))
        self.assertNotEqual(subprocess.run(command[:2], stderr=subprocess.DEVNULL).returncode, 0)


class ArgumentsTest(unittest.TestCase):
    """How arguments are written, without a daemon."""

    CASES = (
        ({}, ""), ({"as_of": 7}, " as-of=7"), ({"from_": "2021"}, ' from="2021"'), ({"follow": True}, " follow=yes"),
        ({"certain": False, "limit": None}, " certain=no"), ({"between": ["A", "شي جين"]}, ' between="A","شي جين"'),
        ({"name": 'a "b" \n'}, ' name="a \\"b\\" \\n"'), ({"party": ("A", 1)}, ' party="A",1'),
    )

    def test_arguments_are_written_as_the_protocol_wants(self):
        for values, expected in self.CASES:
            with self.subTest(values=values):
                self.assertEqual(arguments(values), expected)


if __name__ == "__main__":
    unittest.main()
