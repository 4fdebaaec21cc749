"""What must hold from one recorded line of Annals to the next, and of the lines that stand in for erased events
(schema/audit.md). Part of verify_proof.py."""

import re

from transparency import Refuted, base64_bytes, leaf_hash, parsed, whole

RECORDED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Record:
    """What must hold from event to event: positions, recorded times, and that each erased event is named by an event of
    type `event.erased` behind it. With `gapless` all events come; else some, in order. Memory grows with the erased
    events and, without `gapless`, with the events."""

    def __init__(self, gapless):
        self.position, self.time = 0, ""
        self.seen, self.gone = None if gapless else set(), set()  # positions: all if not gapless, erased ones
        self.open = {}  # by position of an erased event: the position of what erases it or None, leaf, place
        self.value = None  # the event taken last

    def holds(self, position):
        """Whether the event at a position was among those taken."""
        return 0 < position <= self.position if self.seen is None else position in self.seen

    def take(self, line, place):
        """Takes the next event, as REPLAY gives it, and returns its leaf hash."""
        value = self.value = parsed(line, place, Refuted)
        position = value.get("position")
        if not whole(position, 1):
            raise Refuted(place, "an event without a position")
        if self.seen is None and position != self.position + 1:
            raise Refuted(place, f"position {position} stands where {self.position + 1} is due")
        if position <= self.position:
            raise Refuted(place, f"position {position} stands behind {self.position}")
        if set(value) == {"position", "erased"}:
            erased = value["erased"]
            if not isinstance(erased, dict) or set(erased) != {"by", "leaf"} or not whole(erased["by"], position + 1):
                raise Refuted(place, "an erased event names `by`, a later position, and `leaf`")
            leaf = base64_bytes(erased["leaf"], place, 32)
            self.erase(position, erased["by"], leaf, place)
            return leaf
        self.advance(position)
        if not isinstance(time := value.get("recordedtime"), str) or not RECORDED.fullmatch(time):
            raise Refuted(place, "no `recordedtime` in UTC with microseconds")
        if time < self.time:
            raise Refuted(place, f"recorded at {time}, before an earlier position, {self.time}")
        self.time = time
        if value.get("type") == "event.erased":
            self.explain(value.get("data"), place)
        return leaf_hash(line)

    def erase(self, position, by, leaf, place):
        """Takes an event of which only the leaf hash is left."""
        self.advance(position)
        self.gone.add(position)
        self.open[position] = (by, leaf, place)

    def advance(self, position):
        """Notes a position as taken."""
        self.position = position
        if self.seen is not None:
            self.seen.add(position)

    def explain(self, data, place):
        """Takes the body of an `event.erased`, which stands at the position taken last."""
        target = data.get("position") if isinstance(data, dict) else None
        if not whole(target, 1) or target >= self.position:
            raise Refuted(place, "an erasure names the earlier position that it erased")
        if target not in self.open:
            if self.holds(target):
                raise Refuted(place, f"position {target} is said to be erased, and is not, or was before")
            return
        by, leaf, erased_place = self.open.pop(target)
        if by not in (None, self.position):
            raise Refuted(erased_place, f"position {target} is said to be erased by {by}; it was by {self.position}")
        if base64_bytes(data.get("leaf"), place, 32) != leaf:
            raise Refuted(erased_place, f"position {target} has another leaf hash than position {self.position} says")

    def unexplained(self):
        """How many erased events nothing names, after the last one; refuted where what they name was taken."""
        for position, (by, _, place) in self.open.items():
            if by is not None and self.holds(by):
                raise Refuted(place, f"position {position} is said to be erased by {by}, which does not say so")
        return len(self.open)


def erased_leaf(line, value, place):
    """The leaf hash that stands in for an erased event in its proof, with its position and nothing else."""
    leaf = value["erased"].get("leaf") if isinstance(value["erased"], dict) else None
    if not whole(value["position"], 1) or line != b'{"position":%d,"erased":{"leaf":"%s"}}' % (
            value["position"], str(leaf).encode("ascii", "replace")):
        raise Refuted(place, "of an erased event a proof holds `position` and `leaf` alone")
    return base64_bytes(leaf, place, 32)


def refute_unexplained(record):
    """Where all events came, what says that one was erased is among them."""
    if record.unexplained():
        position, (by, _, place) = next(iter(record.open.items()))
        raise Refuted(place, f"position {position} is said to be erased by {by}, beyond the end of the log")
