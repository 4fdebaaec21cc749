"""What a verifier of transparency logs needs, from the public texts alone: the tree of RFC 6962, the proofs of
RFC 9162, Base64 of RFC 4648, and the C2SP texts signed-note, tlog-checkpoint and tlog-cosignature.

Python 3.11, its standard library, and `cryptography` for Ed25519. It shares no code with Annals, so it can disagree.
Of `verify_proof.py`, which checks what is Annals' own.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import re
import sys
from collections import namedtuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print("the Python package `cryptography` is needed (Debian: python3-cryptography)", file=sys.stderr)
    sys.exit(2)

MOST_LINE = 64 << 20  # bytes of a line of NDJSON: as many as the clients of Annals accept
MOST_NOTE = 1 << 20  # bytes of a checkpoint or a consistency proof
MOST_SIGNATURES = 100
WHOLE = 1 << 63  # sizes and positions lie below; JSON and notes could hold more
LOG_KEY, WITNESS_KEY = 0x01, 0x04  # signature types (signed-note, "Signature types")
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


class Fault(Exception):
    """What is wrong, and where: a file with a line, a tile, an argument."""

    def __init__(self, place, message):
        super().__init__(message)
        self.place = str(place)


class Refuted(Fault):
    """It was read, and it does not prove what it should."""


class Unreadable(Fault):
    """It is not of the form that it should have."""


# Reading


def read(path, most):
    """All bytes of a file that has at most `most`."""
    with open(path, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(path, f"more than {most} bytes")
    return data


def lines(path):
    """The lines of an NDJSON file, one at a time, as (place, bytes without the LF)."""
    with open(path, "rb") as file:
        number = 0
        while line := file.readline(MOST_LINE + 1):
            number += 1
            place = f"{path}:{number}"
            if len(line) > MOST_LINE:
                raise Unreadable(place, f"a line of more than {MOST_LINE} bytes")
            if not line.endswith(b"\n"):
                raise Refuted(place, "the file was cut off: its last line has no end")
            yield place, line[:-1]


def parsed(data, place, fault=Unreadable):
    """A JSON object (RFC 8259) of strict UTF-8 without a member twice. Numbers with a fraction or an exponent stay text
    in a tuple: none of them is a position, and reading them as binary floats would change them."""

    def members(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError(f"a member twice among {[name for name, _ in pairs]}")
        return dict(pairs)

    def constant(name):
        raise ValueError(f"{name} is no JSON")

    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=members, parse_constant=constant, parse_float=lambda text: (text,),
            parse_int=lambda text: int(text) if len(text) < 20 else (text,))
    except (ValueError, RecursionError) as error:
        raise fault(place, f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise fault(place, "not a JSON object")
    return value


def whole(value, least=0):
    """Whether a JSON value is an integer of at least `least`; `true` is none, though Python takes it for 1."""
    return type(value) is int and least <= value < WHOLE


def number(text, place):
    """A decimal without sign and leading zeros (tlog-checkpoint, tlog-proof)."""
    if not DECIMAL.fullmatch(text) or int(text) >= WHOLE:
        raise Unreadable(place, f"no plain decimal below 2^63: {text[:80]!r}")
    return int(text)


def base64_bytes(text, place, length=None):
    """Base64 with padding (RFC 4648, section 4), in its one canonical form (section 3.5), of `length` bytes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, AttributeError):
        raise Unreadable(place, f"no base64: {str(text)[:80]!r}") from None
    if base64.b64encode(data).decode() != text:
        raise Unreadable(place, f"base64 not in its canonical form: {text[:80]!r}")
    if length not in (None, len(data)):
        raise Unreadable(place, f"{len(data)} bytes in base64, not {length}")
    return data


# The Merkle tree


def leaf_hash(entry):
    """RFC 6962, section 2.1: the hash of a leaf."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    """RFC 6962, section 2.1: the hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Frontier:
    """The roots of the full subtrees of a growing tree, the largest first (RFC 6962, section 2.1): enough to add leaves
    and to give the root, in memory that grows with the logarithm of the size."""

    def __init__(self):
        self.size, self.nodes = 0, []

    def add(self, leaf):
        """Adds a leaf by its hash. Each zero bit at the end of the new size stands for a subtree that became full."""
        self.size += 1
        self.nodes.append(leaf)
        size = self.size
        while size % 2 == 0:
            right, left = self.nodes.pop(), self.nodes.pop()
            self.nodes.append(node_hash(left, right))
            size //= 2

    def root(self):
        """The root; of an empty tree the hash of nothing."""
        if not self.nodes:
            return hashlib.sha256().digest()
        root = self.nodes[-1]
        for node in self.nodes[-2::-1]:
            root = node_hash(node, root)
        return root


def proves_inclusion(index, size, leaf, proof, root):
    """RFC 9162, section 2.1.3.2: whether the proof leads from the leaf at `index` to the root of a tree of `size`."""
    if index >= size or len(leaf) != hashlib.sha256().digest_size:
        return False
    at, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            found = node_hash(other, found)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            found = node_hash(found, other)
        at, last = at // 2, last // 2
    return last == 0 and found == root


def proves_consistency(first, second, first_root, second_root, proof):
    """RFC 9162, section 2.1.4.2: whether the tree of size `first` is the beginning of that of size `second`. Of an
    empty tree nothing can be proven; the same size needs no proof but the same root."""
    if first == second:
        return first > 0 and not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    path = [first_root, *proof] if first & (first - 1) == 0 else proof
    at, last = first - 1, second - 1
    while at % 2 == 1:
        at, last = at // 2, last // 2
    first_found = second_found = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            first_found, second_found = node_hash(other, first_found), node_hash(other, second_found)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            second_found = node_hash(second_found, other)
        at, last = at // 2, last // 2
    return last == 0 and first_found == first_root and second_found == second_root


# Signed notes and checkpoints


class Key:
    """A verifier key of a type: `<name>+<key id>+<base64 of type and key>` (signed-note, "Verifier keys")."""

    def __init__(self, text, kind, place):
        self.name, _, rest = text.partition("+")
        key_id, _, key = rest.partition("+")
        if not is_key_name(self.name) or not re.fullmatch("[0-9a-f]{8}", key_id):
            raise Unreadable(place, f"no verifier key: {text[:80]!r}")
        self.id, body = bytes.fromhex(key_id), base64_bytes(key, place, 33)
        if body[0] != kind:
            raise Unreadable(place, f"a key of type {body[0]:#04x}, not {kind:#04x}")
        if hashlib.sha256(self.name.encode() + b"\n" + body).digest()[:4] != self.id:
            raise Unreadable(place, "the key id is not that of the key")
        self.body, self.public = body[1:], Ed25519PublicKey.from_public_bytes(body[1:])

    def signs(self, signature, text):
        """Whether the signature (RFC 8032) is one of the text by this key."""
        try:
            self.public.verify(signature, text)
        except InvalidSignature:
            return False
        return True


def given(argument):
    """A key of the command line: the text, or the file that holds it."""
    path = pathlib.Path(argument)
    return path.read_text(encoding="utf-8").strip() if "+" not in argument and path.is_file() else argument


class Trust:
    """Whom to believe: the key of the log, keys of witnesses, and how many of these must have signed."""

    def __init__(self, options):
        self.log, self.least = Key(given(options.key), LOG_KEY, "--key"), options.witnesses
        self.witnesses = [Key(given(text), WITNESS_KEY, "--witness") for text in options.witness]
        if len({key.body for key in [self.log, *self.witnesses]}) <= len(self.witnesses):
            raise Unreadable("--witness", "the same key twice: each signer has a key of its own (tlog-cosignature)")
        if not 0 <= self.least <= len(self.witnesses):
            raise Unreadable("--witnesses", f"{self.least} are asked for, the keys of {len(self.witnesses)} are given")


def is_key_name(text):
    """signed-note, "Format": not empty, without Unicode spaces and plus signs."""
    return text != "" and "+" not in text and not any(map(str.isspace, text))


Checkpoint = namedtuple("Checkpoint", "place size root signers")


def open_checkpoint(data, trust, place):
    """A checkpoint of the log, signed by its key (signed-note, tlog-checkpoint), with the cosignatures of the witnesses
    known. `place` gives that of a line of it, counted from 0."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(place(0), "the checkpoint is not UTF-8") from None
    # The last empty line parts text and signatures; the text includes its line feed.
    text, empty, signatures = note.rpartition("\n\n")
    if not empty or not note.endswith("\n") or re.search("[\0-\x09\x0b-\x1f]", note):
        raise Unreadable(place(0), "no signed note: a text, an empty line, lines of signatures")
    head = text.split("\n")
    if len(head) < 3 or "" in head:
        raise Unreadable(place(0), "no checkpoint: origin, size and root, and no empty line between them")
    size, root = number(head[1], place(1)), base64_bytes(head[2], place(2), 32)
    signers = check_signatures(text.encode() + b"\n", signatures, trust, lambda line: place(len(head) + 1 + line))
    # A log that signs for another origin would be another log; tlog-checkpoint leaves this to its reader.
    if head[0] != trust.log.name:
        raise Refuted(place(0), f"a checkpoint of {head[0]!r}, not of {trust.log.name!r}")
    if size == 0 and root != Frontier().root():
        raise Refuted(place(2), "the root is not that of an empty tree")
    return Checkpoint(place(0), size, root, signers)


def check_signatures(text, signatures, trust, place):
    """Checks each signature of a key that is known by name and id, and passes over all others (signed-note,
    "Signatures"); the log's key and enough witnesses must be among them. Gives what to say of the signers."""
    found = {}
    signature_lines = signatures.split("\n")[:-1]
    if len(signature_lines) > MOST_SIGNATURES:
        raise Unreadable(place(0), f"more than {MOST_SIGNATURES} signatures")
    for index, line in enumerate(signature_lines):
        dash, name, encoded = (line.split(" ") + ["", ""])[:3]
        if dash != "\u2014" or not is_key_name(name) or line.count(" ") != 2:
            raise Unreadable(place(index), "no line of a signature")
        body = base64_bytes(encoded, place(index))
        if len(body) < 5:
            raise Unreadable(place(index), "a signature without bytes")
        for key in [trust.log, *trust.witnesses]:
            if (key.name, key.id) != (name, body[:4]):
                continue
            message, signature, said = text, body[4:], f"{name}, the log"
            if key is not trust.log:
                # tlog-cosignature, "Format" and "Ed25519 signed message": a time stands before the signature.
                time, signature = int.from_bytes(body[4:12], "big"), body[12:]
                message, said = b"cosignature/v1\ntime %d\n" % time + text, f"{name}, a witness, at {utc(time)}"
                if time >= WHOLE:
                    raise Refuted(place(index), "a time beyond 2^63")
            if not key.signs(signature, message):
                raise Refuted(place(index), f"the signature of {name!r} is not one of this checkpoint by its key")
            found.setdefault(key, said)
    if trust.log not in found:
        raise Refuted(place(0), f"not signed by the key of {trust.log.name!r}")
    if len(found) - 1 < trust.least:
        raise Refuted(place(0), f"signed by {len(found) - 1} of the known witnesses, not by {trust.least}")
    return list(found.values())


def utc(seconds):
    """A POSIX time for people; years of five digits stay a number."""
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def read_checkpoint(path, trust):
    """A checkpoint that is a file of its own."""
    return open_checkpoint(read(path, MOST_NOTE), trust, lambda line: f"{path}:{line + 1}")
