#!/usr/bin/env python3
"""Checks the schemas of events against themselves and against their examples. Needs `jsonschema` 4.10 or later.

    check_schemas.py                    schemas, examples and recorded samples; a closing "N passed, N failed"
    check_schemas.py --report           one JSON line per example: path, valid, and pointer where it is not valid
    check_schemas.py --daemon SOCKET    every example through a daemon: the same verdicts, the same pointers

Schemas must be closed (additionalProperties false), described (a description for every property) and used (every
property in a valid example). An invalid example must be refused at its pointer and nowhere else, so that it shows the
one rule that it names. What the examples are is said in schema/examples/README.md.
"""

import argparse
import datetime
import json
import pathlib
import re
import sys
import warnings

import jsonschema

from annals import Annals, AnnalsError

SCHEMA = pathlib.Path(__file__).resolve().parent.parent / "schema"
EVENTS = SCHEMA / "events"
EXAMPLES = SCHEMA / "examples"
FORMATS = jsonschema.FormatChecker(formats=())

EDTF_DATE = re.compile(r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?|Y-?[1-9][0-9]{4,}")
RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
REFUSED = ("invalid_event", "unknown_type")  # codes with which a daemon may refuse an invalid example
BY_NAME = ("/data/names", "/data/of/filters")  # objects whose members have names of the sender's choice


def is_edtf_date(text):
    """Whether text is a date of EDTF level 0 or 1 or has a month code from 21 to 41; no times. Simple, independent of
    the daemon's reading, good enough for the examples."""
    match = EDTF_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    if month is None or "X" in month:
        return day is None or day == "XX"
    if day is None:
        return 1 <= int(month) <= 12 or 21 <= int(month) <= 41
    if "X" in day:
        return 1 <= int(month) <= 12
    try:
        # 2000 stands for unknown and negative years: a leap year, with the same cycle of 400 years.
        datetime.date(2000 if "X" in year else 2000 + int(year) % 400, int(month), int(day))
    except ValueError:
        return False
    return True


@FORMATS.checks("edtf")
def is_edtf(value):
    """Whether value is a date or an interval; other types than strings are no concern of a format."""
    if not isinstance(value, str):
        return True
    start, slash, end = value.partition("/")
    if not slash:
        return is_edtf_date(start)
    return (start, end) != ("", "") and all(part in ("", "..") or is_edtf_date(part) for part in (start, end))


@FORMATS.checks("date-time", raises=ValueError)
def is_rfc3339(value):
    """Whether value is a date and time of RFC 3339."""
    if not isinstance(value, str):
        return True
    match = RFC3339.fullmatch(value)
    return match is not None and bool(datetime.datetime.fromisoformat(f"{match[1]}T{match[2]}"))


def load(path_or_text):
    """A JSON file or text, in which an object must not have the same member twice."""

    def members(pairs):
        value = dict(pairs)
        if len(value) != len(pairs):
            raise ValueError(f"a member twice among {[key for key, _ in pairs]}")
        return value

    text = path_or_text.read_text(encoding="utf-8") if isinstance(path_or_text, pathlib.Path) else path_or_text
    return json.loads(text, object_pairs_hook=members)


class Schemas:
    """All schemas, by $id, with validators by event type."""

    def __init__(self):
        self.files = {path: load(path) for path in sorted(EVENTS.glob("*.schema.json"))}
        self.by_id = {schema["$id"]: schema for schema in self.files.values()}
        self.types = {
            schema["properties"]["type"]["const"]: schema for schema in self.files.values() if "properties" in schema
        }
        self.validators = {name: self._validator(schema) for name, schema in self.types.items()}

    def _validator(self, schema):
        try:
            import referencing
        except ImportError:  # jsonschema before 4.18
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                resolver = jsonschema.RefResolver(schema["$id"], schema, store=self.by_id)
            return jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=FORMATS)
        resources = ((name, referencing.Resource.from_contents(each)) for name, each in self.by_id.items())
        registry = referencing.Registry().with_resources(resources)
        return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=FORMATS)

    def resolve(self, schema, root):
        """The schema that a $ref leads to, or the schema itself, with the document it stands in."""
        while "$ref" in schema:
            uri, _, fragment = schema["$ref"].partition("#")
            root = self.by_id[root["$id"].rpartition("/")[0] + "/" + uri] if uri else root
            schema = root
            for step in fragment.split("/")[1:]:
                schema = schema[step]
        return schema, root

    def places(self, schema, root, place=""):
        """Walks through the places of an event: (place, schema, target of its $ref); items and languages are `*`."""
        target, root = self.resolve(schema, root)
        yield place, schema, target
        members = {**target.get("properties", {})}
        members.update({"*": each for each in target.get("patternProperties", {}).values()})
        if "items" in target:
            members["*"] = target["items"]
        for name, member in members.items():
            yield from self.places(member, root, f"{place}/{name}")

    def refusals(self, event, name):
        """Pointers of the places at which an event breaks the schema of the type `name`, sorted."""
        errors = self.validators[name].iter_errors(event)
        return sorted({pointer for error in errors for pointer in pointers(error)})


def pointers(error):
    """RFC 6901 pointers of an error: unknown members and equal items are named themselves, all else by the value."""
    path = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in error.absolute_path)
    if error.validator == "uniqueItems":
        items = error.instance
        return [f"{path}/{next(index for index, item in enumerate(items) if item in items[:index])}"]
    if error.validator != "additionalProperties":
        return [path]
    known, patterns = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
    unknown = (name for name in error.instance if not any(re.search(pattern, name) for pattern in patterns))
    return [f"{path}/{name}" for name in unknown if name not in known]


class Example:
    """An example: `events` to append as one batch; the last one is what it shows. An invalid one has a `pointer`."""

    def __init__(self, path):
        value = load(path)
        self.path = path.relative_to(EXAMPLES).as_posix()
        self.type = path.parent.name
        self.pointer = value["pointer"] if self.path.startswith("invalid/") else None
        body = value["event"] if self.pointer is not None else value
        self.events = body if isinstance(body, list) else [body]
        self.request = "APPEND " + json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def all(cls):
        """All examples, the valid ones first."""
        return [cls(path) for kind in ("valid", "invalid") for path in sorted((EXAMPLES / kind).glob("*/*.json"))]

    def refusals(self, schemas):
        """Pointers at which the example is refused; for a typo of a required member that of the typo alone, since an
        unknown member is named before a missing one."""
        earlier = [pointer for event in self.events[:-1] for pointer in schemas.refusals(event, event["type"])]
        found = earlier + schemas.refusals(self.events[-1], self.type)
        parent, _, member = (self.pointer or "").rpartition("/")
        return [self.pointer] if member and found == [parent, self.pointer] else found


# Checks: each yields (what was checked, what is wrong or None).


def check_schemas(schemas):
    """Schemas are valid, their objects closed, their properties described."""
    for path, schema in schemas.files.items():
        faults = []
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            faults.append(error.message)
        if schema["$id"].rpartition("/")[2] != path.name:
            faults.append("$id and file name differ")
        for place, own, target in schemas.places(schema, schema):
            if place and not place.endswith("/*") and "description" not in {**target, **own}:
                faults.append(f"no description at {place}")
            if "properties" in target and target.get("additionalProperties") is not False:
                faults.append(f"open object at {place}")
        yield path.name, "; ".join(faults)


def check_coverage(schemas, examples):
    """Every property is used in a valid example, and every type has valid and invalid ones."""
    properties, used = {}, set()
    for name, schema in schemas.types.items():
        places = {place: id(own) for place, own, _ in schemas.places(schema, schema)}
        properties.update({each: f"{name} {place}" for place, each in places.items()})
        shown = [example.events[-1] for example in examples if example.type == name and example.pointer is None]
        used.update(places.get(place) for event in shown for place in used_places(event))
        refused = any(example.type == name and example.pointer is not None for example in examples)
        yield f"examples of {name}", "" if shown and refused else "valid or invalid ones are missing"
    for each, place in properties.items():
        yield f"use of {place}", "" if each in used else "in no valid example"


def used_places(value, place=""):
    """The places of an event as `Schemas.places` writes them."""
    yield place
    if isinstance(value, dict):
        for name, member in value.items():
            yield from used_places(member, f"{place}/*" if place in BY_NAME else f"{place}/{name}")
    elif isinstance(value, list):
        for item in value:
            yield from used_places(item, f"{place}/*")


def check_examples(schemas, examples):
    """Valid examples are valid and invalid ones refused at their pointer alone; no two events share source and id."""
    keys = set()
    for example in examples:
        expected = [] if example.pointer is None else [example.pointer]
        found = example.refusals(schemas)
        yield example.path, "" if found == expected else f"refused at {found}, expected {expected}"
        for event in example.events if example.pointer is None else ():
            key = (event["source"], event["id"])
            yield f"key of {example.path}", f"{key} is used twice" if key in keys else ""
            keys.add(key)


def check_samples(schemas):
    """Each line of the recorded samples (*.ndjson) is a valid event in minimal JSON."""
    for path in sorted(EXAMPLES.glob("*.ndjson")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            event = load(line)
            found = schemas.refusals(event, event["type"])
            # Numbers stay as written: 107e9 tells that three digits are known, 107000000000 would claim twelve.
            minimal = not re.search(r"\s", re.sub(r'"(?:[^"\\]|\\.)*"', "", line))
            fault = f"refused at {found}" if found else "" if minimal else "not minimal JSON"
            yield f"{path.name}:{number}", fault


def check_daemon(examples, socket):
    """A daemon accepts and refuses as the schemas do, with the same pointers. A reference to an event that its log
    does not hold is no fault of the form; and what only the daemon's side records (`readOnly`) no client may send."""
    read_only = {name for name, schema in Schemas().types.items() if schema.get("readOnly")}
    with Annals.connect(socket) as annals:
        for example, reply in zip(examples, annals.pipeline(example.request for example in examples)):
            error = reply if isinstance(reply, AnnalsError) else None
            if example.pointer is None:
                accepted = error is None or error.code == "unresolved_reference"
                if example.type in read_only:
                    accepted = error is not None and error.code == "forbidden"
                fault = "" if accepted else f"refused: {error}"
            elif error is None:
                fault = "accepted"
            else:
                right = error.code in REFUSED and error.pointer == example.pointer
                fault = "" if right else f"{error.code} at {error.pointer!r}, expected {example.pointer!r}"
            yield example.path, fault


def report(schemas, examples):
    """Prints one JSON line per example."""
    for example in examples:
        found = example.refusals(schemas)
        row = {"path": example.path, "valid": not found} | ({"pointer": found[0]} if found else {})
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def main():
    """Runs the mode asked for; the exit status is 1 if something failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--report", action="store_true", help="print one JSON line per example")
    mode.add_argument("--daemon", metavar="SOCKET", help="compare the verdicts of a daemon; its log keeps the examples")
    options = parser.parse_args()
    schemas, examples = Schemas(), Example.all()
    if options.report:
        return report(schemas, examples)
    if options.daemon:
        results = list(check_daemon(examples, options.daemon))
    else:
        results = [*check_schemas(schemas), *check_coverage(schemas, examples)]
        results += [*check_examples(schemas, examples), *check_samples(schemas)]
    faults = [(name, fault) for name, fault in results if fault]
    for name, fault in faults:
        print(f"{name}: {fault}")
    print(f"{len(results) - len(faults)} passed, {len(faults)} failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
