"""Python's reader of JSON made as strict as Annals documents it: I-JSON (RFC 7493), and a limit on depth."""

import json
import re

MOST_DEPTH = 32
# Where a quote may stand behind a backslash, only what RFC 8259 lists.
NONCHARACTERS = re.compile("[\ufdd0-\ufdef" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)) + "]")


class Refused(Exception):
    """The bytes are no document."""


class Number(str):
    """A number as it was written."""


class Members(list):
    """The members of an object in order."""


def members(pairs):
    """The members, whose names must differ."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise Refused("a name stands twice")
    return Members(pairs)


def constant(word):
    """NaN, Infinity and -Infinity, which Python would take."""
    raise Refused(f"{word} is no number")


DECODER = json.JSONDecoder(
    object_pairs_hook=members, parse_float=Number, parse_int=Number, parse_constant=constant, strict=True)


def checked(text):
    """A string's text, which holds Unicode scalars that are characters."""
    if any(0xD800 <= ord(one) <= 0xDFFF for one in text):
        raise Refused("a lone surrogate")
    if NONCHARACTERS.search(text):
        raise Refused("a noncharacter")
    return '"' + text.encode().hex() + '"'


def written(value, depth=0):
    """What a value holds, as the judge writes it."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return checked(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if depth == MOST_DEPTH:
        raise Refused("too deep")
    if isinstance(value, Members):
        return "{" + "".join(f"{checked(name)}:{written(one, depth + 1)}," for name, one in value) + "}"
    return "[" + "".join(f"{written(one, depth + 1)}," for one in value) + "]"


def judge(data):
    """What the bytes hold; or raises Refused."""
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise Refused("no UTF-8") from error
    # Python strips nothing else than these four.
    body = text.strip(" \t\n\r")
    try:
        value, end = DECODER.raw_decode(body)
    except (ValueError, RecursionError) as error:
        raise Refused(str(error)) from error
    if end < len(body):
        raise Refused("something follows")
    return written(value)
