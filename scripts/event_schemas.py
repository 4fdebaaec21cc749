"""What the schemas of events say, for documents: the types, their members, and what each member takes."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVENTS = ROOT / "schema" / "events"

# Shared definitions that other members are said to be, by name: what is written in the tables.
NAMED = {
    "text": "[text](#values)",
    "longText": "[long text](#values)",
    "key": "[id](#values)",
    "identifier": "[id](#values)",
    "language": "[language](#values)",
    "edtf": "[date](#values)",
    "entityReference": "[entity](#entities)",
    "entityReferences": "1–100 [entities](#entities)",
    "parties": "2–100 [entities](#entities)",
    "claimReference": "[reference](#references)",
    "when": "[when](#when)",
    "relative": "[relative date](#relative-dates)",
    "bound": "[bound](#quantities)",
    "duration": "[duration](#quantities)",
    "money": "[money](#quantities)",
    "percentage": "[percentage](#quantities)",
    "rate": "[rate](#quantities)",
    "headcount": "[headcount](#quantities)",
    "energyAmount": "[amount of energy](#quantities)",
}


def load(path):
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


COMMON = load(EVENTS / "common.schema.json")["$defs"]


def event_types():
    """Names of the event types, in the order of the documentation."""
    sources = ROOT / "Sources" / "Claims"
    listed = (sources / "EventTypes.swift").read_text("utf-8").partition("static let all")[2].partition("]\n")[0]
    names = {}
    for path in (sources / "Types").glob("*.swift"):
        text = path.read_text("utf-8")
        match = re.search(r"final class (\w+)[^{]*\{\s*package static let type = \"([a-z.]+)\"", text)
        if match:
            names[match[1]] = match[2]
    return [names[name] for name in re.findall(r"(\w+)\.self", listed)]


def resolved(schema):
    """A schema with what its $ref leads to, its own words first; and the name under which that is known, or None."""
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = {**COMMON[name], **{key: value for key, value in schema.items() if key != "$ref"}}
        if name in NAMED:
            return schema, name
    return schema, None


def many(least, most, what):
    """A number of things: 1–1,000 × text."""
    number = f"{least}" if least == most else f"{least:,}–{most:,}"
    return f"{number} × {what}"


def taken(schema):
    """What a member takes, for the second column but one."""
    schema, name = resolved(schema)
    if name in NAMED:
        return NAMED[name]
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`" if schema.get("type") else f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    kinds = schema.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return " or ".join(kind_taken(kind, schema) for kind in kinds)


def kind_taken(kind, schema):
    """What a schema allows of one type of JSON."""
    if kind == "array":
        return many(schema.get("minItems", 0), schema["maxItems"], taken(schema["items"]))
    if kind in ("integer", "number"):
        what = "whole number" if kind == "integer" else "number"
        least, most = schema.get("minimum"), schema.get("maximum")
        if least is not None and most is not None:
            return f"{what}, {least:,} to {most:,}".replace("-", "−")
        return what if least is None else f"{what}, {least} or more"
    if kind == "string":
        return {"edtf": NAMED["edtf"], "date-time": "time, RFC 3339"}.get(schema.get("format"), "text")
    return {"boolean": "`true` or `false`", "null": "`null`"}.get(kind, kind)


def dependent(schema):
    """Members that a schema requires under conditions only."""
    found = set()
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
    for part in parts + [schema[key] for key in ("if", "then", "else") if key in schema]:
        found |= set(part.get("required", [])) | dependent(part)
    for name, others in schema.get("dependentRequired", {}).items():
        found |= {name, *others}
    return found


def members(schema, prefix="", skipped=()):
    """Rows of the table of an object's members: name, required, what it takes, meaning."""
    required, conditional = schema.get("required", []), dependent(schema)
    for name, own in schema.get("properties", {}).items():
        if not prefix and name in skipped:
            continue
        member, reference = resolved(own)
        needed = "yes" if name in required else "depends" if name in conditional else ""
        # What a shared definition says of itself is said in full where it has its own table.
        meaning = own.get("description") or re.sub(r"(?<=[a-z]\.) .*", "", member["description"])
        yield f"`{prefix}{name}`", needed, taken(own), meaning if reference in NAMED else member["description"]
        if reference in NAMED:
            continue
        item = resolved(member.get("items", {}))
        if item[1] not in NAMED:
            yield from members(item[0], f"{prefix}{name}[].")
        yield from members(member, f"{prefix}{name}.")
    for each in schema.get("patternProperties", {}).values():
        yield f"`{prefix}*`", "", taken(each), each["description"]
