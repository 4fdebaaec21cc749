"""A folder of tiles of a transparency log (C2SP tlog-tiles), checked against the entries and the size of its tree."""

import os
import re

from transparency import Frontier, Refuted, read

WIDTH = 256  # hashes of a full tile
TILE = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?")


def tile_path(level, index, width):
    """tlog-tiles, "Merkle Tree": groups of three digits, an x before all but the last; a suffix where not full."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    suffix = "" if width == WIDTH else f".p/{width}"
    return "/".join(["tile", str(level), *(f"x{group}" for group in groups[:-1]), groups[-1]]) + suffix


class Tiles:
    """A folder of tiles of a tree of a known size."""

    def __init__(self, folder, size):
        self.folder, self.size, self.levels = folder, size, {}

    def width(self, level, index):
        """How many hashes or entries a tile has in this tree; 0 or less where there is none."""
        unit = WIDTH ** (0 if level == "entries" else int(level))
        return min(WIDTH, self.size // unit - WIDTH * index)

    def read(self, level, index, width=None):
        """A tile or bundle of the width that the size gives it, or another, as (path, bytes)."""
        path = os.path.join(self.folder, tile_path(level, index, width or self.width(level, index)))
        try:
            return path, read(path, WIDTH * (2 + 0xFFFF))
        except FileNotFoundError:
            raise Refuted(path, f"missing, of a tree of {self.size} events") from None

    def bundle(self, index, width=None):
        """tlog-tiles, "Log entries": entries behind their lengths of two bytes, big-endian."""
        path, data = self.read("entries", index, width)
        entries, at = [], 0
        while at < len(data):
            end = at + 2 + int.from_bytes(data[at:at + 2], "big")
            if at + 2 > len(data) or end > len(data):
                raise Refuted(path, f"entry {len(entries)} of the bundle is cut off")
            entries.append(data[at + 2:end])
            at = end
        if len(entries) != (width or self.width("entries", index)):
            raise Refuted(path, f"{len(entries)} entries, not {width or self.width('entries', index)}")
        return path, entries

    def hashes(self, level, index, width=None):
        """The hashes of a tile."""
        path, data = self.read(level, index, width)
        if len(data) != 32 * (width or self.width(level, index)):
            raise Refuted(path, f"{len(data)} bytes, not 32 for each of {width or self.width(level, index)} hashes")
        return path, [data[at:at + 32] for at in range(0, len(data), 32)]

    def add(self, level, value):
        """Adds a hash to the last tile of a level; a full one is compared, and its root goes to the level above."""
        index, held = self.levels.setdefault(level, (0, []))
        held.append(value)
        if len(held) == WIDTH:
            self.compare(level, index, held)
            self.levels[level] = (index + 1, [])
            tree = Frontier()
            for each in held:
                tree.add(each)
            self.add(level + 1, tree.root())

    def compare(self, level, index, held):
        """Compares a tile with the hashes that it should have."""
        path, found = self.hashes(level, index)
        for at, (own, other) in enumerate(zip(held, found)):
            if own != other:
                raise Refuted(f"{path}, hash {at}", "not the hash that the entries give")

    def finish(self):
        """Compares the tiles that are not full, and looks for such as belong to no tree of this size. Partial tiles of
        smaller trees may be there, and must be beginnings."""
        for level, (index, held) in self.levels.items():
            if held:
                self.compare(level, index, held)
        for folder, folders, files in os.walk(os.path.join(self.folder, "tile")):
            folders.sort()
            for path in (os.path.join(folder, name) for name in sorted(files)):
                name = os.path.relpath(path, self.folder)
                match = TILE.fullmatch(name)
                level, index, width = match.groups() if match else ("0", "0", "0")
                index, width = int(re.sub("[x/]", "", index)), int(width or WIDTH)
                most = self.width(level, index)
                if not 0 < width <= most or tile_path(level, index, width) != name:
                    raise Refuted(path, f"no part of a tree of {self.size} events")
                kind = self.bundle if level == "entries" else lambda *place: self.hashes(level, *place)
                if width < most and kind(index, width)[1] != kind(index)[1][:width]:
                    raise Refuted(path, "not the beginning of the tile that is there now")
