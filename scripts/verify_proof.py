#!/usr/bin/env python3
"""Checks what a log of Annals gives out, without Annals: proofs, checkpoints, exports.

    verify_proof.py event FILE --key VKEY          proof of one event (.tlog-proof)
    verify_proof.py answer FILE --key VKEY         proof of an answer (annals-answer-proof)
    verify_proof.py checkpoint FILE... --key VKEY  checkpoints, one or several of one log
    verify_proof.py log FILE --checkpoint FILE --key VKEY     an exported log (NDJSON); --checkpoint can be repeated
    verify_proof.py tiles FOLDER --key VKEY        an exported folder of tiles
    verify_proof.py consistency --old FILE --new FILE --proof FILE --key VKEY    the status that PROVE from= to= gives

It trusts nothing but the verifier key given. Cosignatures of witnesses count where their keys are given too (--witness,
repeated); --witnesses N asks for N of them. Exit status: 0 verified; 1 refuted, and the first thing wrong is named with
its place; 2 not readable as what it should be. Needs Python 3.11 and `cryptography`, for Ed25519 alone.

Written from RFC 6962, RFC 9162, RFC 4648 and the C2SP texts signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles
and tlog-proof, and from schema/audit.md for what is Annals' own. It shares no code with Annals, so it can disagree.
What is not Annals' own stands in transparency.py (tree, proofs, notes) and log_tiles.py, beside this file, and what
must hold from one recorded line to the next in recorded_lines.py.
"""

import argparse
import json
import os
import sys

from log_tiles import WIDTH, Tiles
from recorded_lines import Record, erased_leaf, refute_unexplained
from transparency import (
    MOST_NOTE, Fault, Frontier, Refuted, Trust, Unreadable, base64_bytes, lines, number, open_checkpoint,
    parsed, proves_consistency, proves_inclusion, read, read_checkpoint, whole)

MOST_PROOF = 96 << 20  # bytes of a tlog-proof: a line in base64, and the rest
HEADER = {"format", "request", "view", "version", "position", "at", "rows", "events", "whole", "checkpoint"}


# Checks: each returns what it found, to be printed


def signed(checkpoint, trust):
    """What to say of a checkpoint."""
    return {"origin": trust.log.name, "size": checkpoint.size, "signed by": checkpoint.signers}


def hashes(texts, place):
    """The hashes of a proof in base64; fewer than 2^63 leaves need 63 of them, or 64 for consistency."""
    if not isinstance(texts, list) or len(texts) > 64:
        raise Unreadable(place, "no list of at most 64 hashes")
    return [base64_bytes(text, place, 32) for text in texts]


def check_event(options, trust):
    """tlog-proof, "Format" and "Verifying a tlog proof". The extra data is the recorded line, so the leaf is known."""
    path = options.file
    head, empty, note = read(path, MOST_PROOF).partition(b"\n\n")
    try:
        first, extra, index, *proof = head.decode("ascii").split("\n")
    except ValueError:
        raise Unreadable(path, "no tlog-proof with an event: it begins with three lines of ASCII") from None
    if first != "c2sp.org/tlog-proof@v1" or not empty:
        raise Unreadable(f"{path}:1", "no tlog-proof: c2sp.org/tlog-proof@v1, and an empty line before the checkpoint")
    if not extra.startswith("extra ") or not index.startswith("index "):
        raise Unreadable(f"{path}:2", "no `extra` with the recorded line, and `index` below it")
    line, at = base64_bytes(extra[6:], f"{path}:2"), number(index[6:], f"{path}:3")
    path_to_root = [base64_bytes(text, f"{path}:{count}", 32) for count, text in enumerate(proof, start=4)]
    checkpoint = open_checkpoint(note, trust, lambda count: f"{path}:{len(proof) + 5 + count}")
    value = parsed(line, f"{path}:2", Refuted)
    if set(value) == {"position", "erased"}:
        leaf = erased_leaf(line, value, f"{path}:2")
    else:
        leaf = Record(gapless=False).take(line, f"{path}:2")
    if value["position"] != at + 1:
        raise Refuted(f"{path}:3", f"the event bears position {value['position']}, the index is {at}, not one less")
    if at >= checkpoint.size:
        raise Refuted(f"{path}:3", f"index {at} lies behind the {checkpoint.size} events of the checkpoint")
    if not proves_inclusion(at, checkpoint.size, leaf, path_to_root, checkpoint.root):
        raise Refuted(f"{path}:2", f"the event does not lead to the root of the checkpoint at index {at}")
    names = ("position", "source", "id", "type", "time", "recordedtime", "recordedby", "erased")
    found = {name: value[name] for name in names if name in value}
    notes = ["only its leaf hash is proven, not what it was nor that it was erased"] if "erased" in value else []
    return found | signed(checkpoint, trust) | {"notes": notes}


def answer_header(line, place):
    """The first line of the proof of an answer (schema/audit.md, "Of an answer")."""
    header = parsed(line, place)
    if set(header) != HEADER or header["format"] != "annals-answer-proof/1":
        raise Unreadable(place, "no header of annals-answer-proof/1")
    texts = all(isinstance(header[name], str) for name in ("request", "view", "at", "checkpoint"))
    numbers = all(whole(header[name]) for name in ("version", "position", "rows", "events"))
    if not texts or not numbers or type(header["whole"]) is not bool or len(header["checkpoint"]) > MOST_NOTE:
        raise Unreadable(place, "a member of the header is of the wrong type")
    if header["request"].split(" ")[:2] != ["QUERY", header["view"]]:
        raise Refuted(place, f"the request is none of the view {header['view']!r}")
    return header


def row_claims(line, place, header):
    """The positions that a row rests on. Only the whole log gives a row that names none."""
    row = parsed(line, place, Refuted)
    claims = row.get("claims", [])
    if not isinstance(claims, list) or not all(whole(each, 1) for each in claims):
        raise Refuted(place, "`claims` is no list of positions")
    if not claims and not header["whole"]:
        raise Refuted(place, "a row without claims rests on the whole log, of which this is a part")
    if beyond := [each for each in claims if each > header["position"]]:
        raise Refuted(place, f"the row rests on position {beyond[0]}, the answer is as of {header['position']}")
    return claims


def check_answer(options, trust):
    """Proves the events of an answer, and that its rows rest on these alone; it does not fold them."""
    path, source, rests = options.file, lines(options.file), {}

    def following(what):
        line = next(source, None)
        if line is None:
            raise Refuted(path, f"the file ends before {what}")
        return line

    top, line = following("its header")
    header = answer_header(line, top)
    note = header["checkpoint"].encode("utf-8", "surrogatepass")
    checkpoint = open_checkpoint(note, trust, lambda count: f"{top}, line {count + 1} of the checkpoint")
    if header["position"] > checkpoint.size:
        raise Refuted(top, f"as of position {header['position']}, beyond the {checkpoint.size} of the checkpoint")
    if header["whole"] and header["events"] != checkpoint.size:
        raise Refuted(top, f"{header['events']} events are not the whole of the {checkpoint.size} of the checkpoint")
    for count in range(header["rows"]):
        place, line = following(f"row {count + 1} of {header['rows']}")
        for claim in row_claims(line, place, header):
            rests.setdefault(claim, place)
    record, tree = Record(gapless=header["whole"]), Frontier()
    first = place = None
    for count in range(header["events"]):
        place, line = following(f"event {count + 1} of {header['events']}")
        first = first or place
        leaf = record.take(line, place)
        if header["whole"]:
            tree.add(leaf)
        else:
            if record.gone:
                raise Refuted(place, f"nothing rests on position {record.position}, which was erased")
            check_inclusion(record.position, leaf, place, following("the proof of this event"), checkpoint)
    for place_after, _ in source:
        raise Refuted(place_after, "more lines than the header says")
    if header["whole"] and tree.root() != checkpoint.root:
        raise Refuted(first or top, f"the events from here to {place or top} do not give the root of the checkpoint")
    refute_unexplained(record)
    for claim, place in rests.items():
        if not record.holds(claim) or claim in record.gone:
            raise Refuted(place, f"the row rests on position {claim}, which is not among the events")
    notes = ["rows were not folded anew; annals check-proof does that"]
    notes += [] if header["whole"] else ["a part of the log does not show what else bears on the rows"]
    said = {name: header[name] for name in ("request", "view", "version", "position", "at", "rows", "events", "whole")}
    return said | signed(checkpoint, trust) | erasures(record, 0, notes)


def check_inclusion(position, leaf, place, proof_line, checkpoint):
    """Checks the line below an event: its position and its inclusion proof."""
    proof_place, line = proof_line
    proof = parsed(line, proof_place)
    if set(proof) != {"position", "proof"}:
        raise Unreadable(proof_place, "no proof of an event: `position` and `proof`")
    if not whole(proof["position"]) or proof["position"] != position:
        raise Refuted(proof_place, f"not the proof of position {position}")
    if not proves_inclusion(position - 1, checkpoint.size, leaf, hashes(proof["proof"], proof_place), checkpoint.root):
        raise Refuted(place, f"the event does not lead to the root of the checkpoint at position {position}")


def erasures(record, unexplained, notes):
    """What to say of erased events, with other notes."""
    notes += [f"{unexplained} of the erased events are named by no erasure among these events"] if unexplained else []
    return ({"erased": len(record.gone)} if record.gone else {}) | {"notes": notes}


def check_checkpoint(options, trust):
    """Checks signatures, and that no two checkpoints of one size differ. For others it takes a consistency proof."""
    roots, found = {}, []
    for path in options.files:
        checkpoint = read_checkpoint(path, trust)
        root, other = roots.setdefault(checkpoint.size, (checkpoint.root, path))
        if root != checkpoint.root:
            raise Refuted(path, f"contradicts {other}: another root of the same {checkpoint.size} events")
        found.append(f"{path}: {checkpoint.size} events; signed by {'; '.join(checkpoint.signers)}")
    notes = ["that the smaller is the beginning of the larger takes a consistency proof"] if len(roots) > 1 else []
    return {"origin": trust.log.name, "checkpoints": found, "notes": notes}


def check_log(options, trust):
    """Recomputes the tree of a log line by line, and compares it with each checkpoint at the size of that one."""
    path, record, tree = options.file, Record(gapless=True), Frontier()
    due = sorted((read_checkpoint(each, trust) for each in options.checkpoint), key=lambda each: each.size)
    last, found, sound = due[-1], [each.place for each in due], 0
    for place, line in lines(path):
        tree.add(record.take(line, place))
        while due and due[0].size <= tree.size:
            if due[0].size == tree.size and due[0].root != tree.root():
                place = f"{path}:{min(sound + 1, tree.size)}-{tree.size}"
                raise Refuted(place, f"these lines do not give the root of {due[0].place}")
            sound = due.pop(0).size
    if due and due[-1].size > tree.size:
        raise Refuted(f"{path}:{tree.size}", f"the log ends here; {due[-1].place} is of {due[-1].size} events")
    refute_unexplained(record)
    behind = tree.size - last.size
    notes = [f"the last {behind} events are under no checkpoint given"] if behind else []
    return {"events": tree.size, "checkpoints": found} | signed(last, trust) | erasures(record, 0, notes)


def check_tiles(options, trust):
    """tlog-tiles: recomputes all tiles from the entries. An erased entry is empty and listed in `erased`; its leaf hash
    comes from the tile of level 0."""
    folder, record, tree = options.folder, Record(gapless=True), Frontier()
    checkpoint = read_checkpoint(os.path.join(folder, "checkpoint"), trust)
    tiles, listed, list_path = Tiles(folder, checkpoint.size), [], os.path.join(folder, "erased")
    if os.path.exists(list_path):
        texts = read(list_path, MOST_PROOF).decode("ascii", "replace").split("\n")
        listed = [number(text, f"{list_path}:{line}") for line, text in enumerate(texts[:-1], start=1)]
        if texts[-1] or listed != sorted(set(listed)) or any(not 1 <= each <= checkpoint.size for each in listed):
            raise Refuted(list_path, "no list of positions of this tree, one a line, ascending")
    erased = set(listed)
    for index in range(-(-checkpoint.size // WIDTH)):
        (path, entries), (tile, leaves) = tiles.bundle(index), tiles.hashes(0, index)
        for at, (entry, leaf) in enumerate(zip(entries, leaves)):
            position = tree.size + 1
            place = f"{path}, position {position}"
            if (entry == b"") != (position in erased):
                raise Refuted(place, "empty, not listed as erased" if entry == b"" else "listed as erased, not empty")
            if entry == b"":
                record.erase(position, None, leaf, place)
            elif record.take(entry, place) != leaf:
                raise Refuted(place, f"its leaf hash is not hash {at} of {tile}")
            tree.add(leaf)
            tiles.add(0, leaf)
    tiles.finish()
    if tree.root() != checkpoint.root:
        raise Refuted(checkpoint.place, f"the tiles in {folder} do not give the root of the checkpoint")
    return signed(checkpoint, trust) | erasures(record, record.unexplained(), [])


def check_consistency(options, trust):
    """RFC 9162, section 2.1.4.2, with the proof in the status line that `PROVE from=… to=…` gives."""
    old, new = read_checkpoint(options.old, trust), read_checkpoint(options.new, trust)
    status = parsed(read(options.proof, MOST_NOTE), f"{options.proof}:1")
    if status.get("ok") is not True:
        raise Unreadable(f"{options.proof}:1", "no status line with a proof")
    for name, size in (("from", old.size), ("to", new.size)):
        if status.get(name, size) != size:
            raise Refuted(f"{options.proof}:1", f"a proof {name} {status[name]}, the checkpoint is of {size} events")
    proof = hashes(status.get("proof"), f"{options.proof}:1")
    if not proves_consistency(old.size, new.size, old.root, new.root, proof):
        raise Refuted(f"{options.proof}:1", f"does not show that {options.old} is the beginning of {options.new}")
    return {"from": old.size} | signed(new, trust) | {"notes": []}


# The command


def shown(value):
    """A value as text for a terminal: what others wrote cannot steer it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, check, operands in (
            ("event", check_event, ["file"]), ("answer", check_answer, ["file"]), ("checkpoint", check_checkpoint, []),
            ("log", check_log, ["file"]), ("tiles", check_tiles, ["folder"]),
            ("consistency", check_consistency, ["--old", "--new", "--proof"])):
        kind = kinds.add_parser(name, description=check.__doc__)
        kind.set_defaults(check=check)
        for each in operands:
            kind.add_argument(each, **({"required": True} if each.startswith("--") else {}))
        if check is check_checkpoint:
            kind.add_argument("files", nargs="+", metavar="file")
        if check is check_log:
            kind.add_argument("--checkpoint", action="append", required=True, metavar="FILE")
        kind.add_argument("--key", required=True, metavar="VKEY", help="the verifier key of the log, or its file")
        kind.add_argument("--witness", action="append", default=[], metavar="VKEY", help="the key of a witness, or its file")
        kind.add_argument("--witnesses", type=int, default=0, metavar="N", help="how many of these must have signed")
        kind.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def main():
    """Checks, prints the result, and returns the exit status."""
    options = arguments()
    verified, status = True, 0
    try:
        found = options.check(options, Trust(options))
    except (Fault, OSError) as fault:
        verified, status = (False, 1) if isinstance(fault, Refuted) else (None, 2)
        place = fault.place if isinstance(fault, Fault) else fault.filename
        found = {"place": place, "error": str(fault) if isinstance(fault, Fault) else fault.strerror}
    if options.json:
        print(json.dumps({"verified": verified, "kind": options.kind} | found))
        return status
    word = {True: "verified", False: "REFUTED", None: "NOT READ"}[verified]
    if not verified:
        print(shown(f"{word}: {found['place']}: {found['error']}"))
        return status
    texts = [f"{word}: {options.kind}"]
    for name, value in found.items():
        label = "note" if name == "notes" else name
        texts += [f"  {label}: {shown(each)}" for each in (value if isinstance(value, list) else [value])]
    print("\n".join(texts))
    return status


if __name__ == "__main__":
    sys.exit(main())
