"""What tests of scripts/verify_proof.py share."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

from proof_files import ORIGIN, Signer

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import verify_proof  # noqa: E402

KEY, OTHER = Signer(ORIGIN), Signer(ORIGIN, seed=2)  # two keys of one name


class VerifierTest(unittest.TestCase):
    """Each test has a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="annals-verifier-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        """Writes a file: text, bytes, or the lines of NDJSON; gives its path."""
        path = self.folder / name
        if isinstance(content, list):
            content = b"".join(line + b"\n" for line in content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run_verifier(self, *arguments, key=KEY.vkey):
        """Runs it: (exit status, its JSON)."""
        output = io.StringIO()
        with mock.patch.object(sys, "argv", ["verify_proof.py", *arguments, "--key", key, "--json"]):
            with contextlib.redirect_stdout(output):
                status = verify_proof.main()
        return status, json.loads(output.getvalue())

    def verified(self, *arguments, **options):
        """Expects that it is verified, and gives what was found."""
        status, found = self.run_verifier(*arguments, **options)
        self.assertEqual((status, found["verified"]), (0, True), found)
        return found

    def refuted(self, place, *arguments, error="", status=1, **options):
        """Expects a refusal at a place, which is the end of what is named; gives the place."""
        found_status, found = self.run_verifier(*arguments, **options)
        self.assertEqual((found_status, found["verified"]), (status, False if status == 1 else None), found)
        self.assertTrue(found["place"].endswith(place), found)
        self.assertIn(error, found["error"])
