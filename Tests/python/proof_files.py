"""Logs, keys and the files that prove, for tests of the verifier. Trees and proofs are made as RFC 6962 defines them,
by recursion over all leaves, which is not how the verifier goes about it."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "log.example/annals"


def b64(data):
    """Base64 as text."""
    return base64.b64encode(data).decode()


def dense(value):
    """JSON without spaces, as bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def split(size):
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def mth(leaves):
    """RFC 6962, section 2.1: the Merkle tree hash of a list of leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    at = split(len(leaves))
    return hashlib.sha256(b"\1" + mth(leaves[:at]) + mth(leaves[at:])).digest()


def path(index, leaves):
    """RFC 6962, section 2.1.1: the audit path of a leaf."""
    if len(leaves) == 1:
        return []
    at = split(len(leaves))
    if index < at:
        return path(index, leaves[:at]) + [mth(leaves[at:])]
    return path(index - at, leaves[at:]) + [mth(leaves[:at])]


def consistency(first, leaves, is_known=True):
    """RFC 6962, section 2.1.2: the proof that the first leaves are a tree that was known."""
    if first == len(leaves):
        return [] if is_known else [mth(leaves)]
    at = split(len(leaves))
    if first <= at:
        return consistency(first, leaves[:at], is_known) + [mth(leaves[at:])]
    return consistency(first - at, leaves[at:], False) + [mth(leaves[:at])]


class Signer:
    """A key of a log (type 1) or of a witness (type 4), from a seed of one number."""

    def __init__(self, name, kind=1, seed=1):
        self.name, self.kind = name, kind
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        body = bytes([kind]) + self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = hashlib.sha256(name.encode() + b"\n" + body).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(body)}"

    def line(self, text, time=1_800_000_000):
        """The line of a signature of a note's text."""
        stamp, message = b"", text.encode()
        if self.kind == 4:
            stamp, message = time.to_bytes(8, "big"), f"cosignature/v1\ntime {time}\n{text}".encode()
        return f"\u2014 {self.name} {b64(self.id + stamp + self.private.sign(message))}\n"


class Log:
    """A log of some events; `erase` puts a stand-in in the place of one."""

    def __init__(self, size, time=lambda position: position):
        self.lines = [dense(self.event(position, time(position))) for position in range(1, size + 1)]
        self.leaves = [hashlib.sha256(b"\0" + line).digest() for line in self.lines]

    @staticmethod
    def event(position, time, **members):
        """A recorded event; `time` counts seconds."""
        return {
            "position": position, "recordedtime": f"2026-02-04T10:{time // 60 % 60:02}:{time % 60:02}.000000Z",
            "recordedby": "ana", "specversion": "1.0", "source": "desk", "id": f"e{position}", "type": "entity.named",
            "data": {"entity": "CHN", "name": "الصين", "lang": "ar"}} | members

    def erase(self, position, by):
        """Makes the event at `by` the erasure of that at `position`, and puts a stand-in in place of this one."""
        leaf = b64(self.leaves[position - 1])
        data = {"position": position, "leaf": leaf, "reason": "an order"}
        self.replace(by, self.event(by, by, type="event.erased", data=data))
        self.lines[position - 1] = dense({"position": position, "erased": {"by": by, "leaf": leaf}})

    def replace(self, position, value):
        """Puts another event at a position, and its leaf hash into the tree."""
        self.lines[position - 1] = dense(value)
        self.leaves[position - 1] = hashlib.sha256(b"\0" + self.lines[position - 1]).digest()

    def checkpoint(self, signer, *witnesses, size=None, origin=None):
        """A checkpoint of the first events."""
        size = len(self.lines) if size is None else size
        text = f"{origin or signer.name}\n{size}\n{b64(mth(self.leaves[:size]))}\n"
        return text + "\n" + "".join(each.line(text) for each in (signer, *witnesses))

    def event_proof(self, position, note, size=None):
        """The tlog-proof of an event."""
        proof = "".join(f"{b64(each)}\n" for each in path(position - 1, self.leaves[:size]))
        extra = b64(self.lines[position - 1])
        return f"c2sp.org/tlog-proof@v1\nextra {extra}\nindex {position - 1}\n{proof}\n{note}"

    def answer(self, rows, positions, note, whole=False, **members):
        """The lines of the proof of an answer, header first."""
        header = {
            "format": "annals-answer-proof/1", "request": "QUERY meetings as-of=9", "view": "meetings", "version": 1,
            "position": len(self.lines), "at": "2026-11-26", "rows": len(rows), "events": len(positions),
            "whole": whole, "checkpoint": note} | members
        found = [dense(header), *(dense(row) for row in rows)]
        for each in positions:
            found.append(self.lines[each - 1])
            if not whole:
                found.append(dense({"position": each, "proof": [b64(one) for one in path(each - 1, self.leaves)]}))
        return found

    def tiles(self, folder, note, erased=()):
        """Writes a folder of tiles (C2SP tlog-tiles), for at most 65,536 events."""
        (folder / "tile/entries").mkdir(parents=True)
        (folder / "checkpoint").write_text(note, "utf-8")
        if erased:
            (folder / "erased").write_text("".join(f"{each}\n" for each in erased))
        entries = [b"" if at in erased else line for at, line in enumerate(self.lines, start=1)]
        bundles = [len(each).to_bytes(2, "big") + each for each in entries]
        full = len(bundles) // 256
        above = [mth(self.leaves[at * 256:at * 256 + 256]) for at in range(full)]
        for kind, parts in (("entries", bundles), ("0", self.leaves), ("1", above)):
            for at in range(0, len(parts), 256):
                part = parts[at:at + 256]
                name = f"{at // 256:03}" + ("" if len(part) == 256 else f".p/{len(part)}")
                file = folder / "tile" / kind / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"".join(part))
