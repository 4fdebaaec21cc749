#!/usr/bin/env python3
"""A client of the Annals daemon: one file, Python 3.9 or later, the standard library alone, meant to be copied.

    with Annals.connect("/run/annals/annals.sock") as annals:
        annals.append({"source": "desk", "id": "1", "type": "entity.named", "data": {...}})
        rows, status = annals.query("meetings", between=["Q7747", "شي جين بينغ"])

A reply is rows, then a status. Numbers with a fraction are decimal.Decimal: the record keeps decimals exactly.
"""

import decimal
import itertools
import json
import socket
import sys


class AnnalsError(Exception):
    """A request that the daemon refused. `code` is stable snake_case, `message` says what to do; `pointer` (JSON
    Pointer into the request), `index` (which event of a batch) and `position` are None where they do not apply;
    `retry` is true when the same request may succeed later. `status` is the whole status line."""

    def __init__(self, status):
        self.status = status
        self.code, self.message, self.retry = status["error"], status.get("message"), status.get("retry", False)
        self.pointer, self.index, self.position = map(status.get, ("pointer", "index", "position"))
        super().__init__(f"{self.code}: {self.message}" + (f" (at {self.pointer})" if self.pointer else ""))


class Annals:
    """A connection to the daemon over a connected stream socket, for one thread at a time."""

    def __init__(self, stream):
        self._socket, self._lines = stream, stream.makefile("rb")

    @classmethod
    def connect(cls, path, timeout=None):
        """Connects to the Unix socket at `path`; `timeout`, in seconds, holds for each read and each write."""
        stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        stream.settimeout(timeout)
        stream.connect(path)
        return cls(stream)

    def close(self, *_):
        """Closes the connection, as the end of a `with` block does."""
        self._lines.close()
        self._socket.close()

    def __enter__(self):
        return self

    __exit__ = close

    def send(self, *lines):
        """Sends requests without waiting; `receive` then reads a reply for each, in the same order."""
        self._socket.sendall("".join(f"{line}\n" for line in lines).encode())

    def read(self):
        """Reads one line of a reply: (its text, its value, whether it is the status line)."""
        line = self._lines.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the daemon closed the connection before the end of a reply")
        value = json.loads(line, parse_float=decimal.Decimal)
        return line.decode(), value, next(iter(value), None) in ("ok", "error")

    def receive(self):
        """Reads one reply: (rows, status). Raises AnnalsError if the request failed."""
        lines, is_status = [], False
        while not is_status:
            _, value, is_status = self.read()
            lines.append(value)
        if "error" in value:
            raise AnnalsError(value)
        return lines[:-1], value

    def request(self, line):
        """Sends one line and reads its reply: (rows, status). Raises AnnalsError if the request failed."""
        self.send(line)
        return self.receive()

    def pipeline(self, lines, window=64):
        """Sends `window` requests at a time and yields the replies in order: (rows, status), or the AnnalsError as a
        value, since other replies follow it. Read it to its end before the next request."""
        lines = iter(lines)
        while sent := list(itertools.islice(lines, window)):
            self.send(*sent)
            for _ in sent:
                try:
                    reply = self.receive()
                except AnnalsError as error:
                    reply = error
                yield reply

    def append(self, events, if_head=None, if_subject=None):
        """Appends one event (dict), a batch, all or nothing (list), or the JSON text of either (str). Returns the
        status, whose `positions` are durable. The conditions are positions, see `conflict` in the protocol."""
        text = events if isinstance(events, str) else json.dumps(events, ensure_ascii=False, separators=(",", ":"))
        return self.request(f"APPEND{arguments({'if-head': if_head, 'if-subject': if_subject})} {text}")[1]

    def query(self, view, **filters):
        """Asks a view: (rows, status). For the way filters are written see `arguments`."""
        return self.request(f"QUERY {view}{arguments(filters)}")

    def diff(self, view, since, to=None, **filters):
        """Asks for the rows of a view that differ between two positions or times: (rows, status). Each row has `key`,
        `before`, `after` (None where there was or is none) and `causes`, the positions that changed it."""
        return self.request(f"DIFF {view}{arguments({**filters, 'from': since, 'to': to})}")

    def replay(self, **options):
        """Yields recorded events. If it is left before its end (follow=True has none), the connection is closed."""
        self.send(f"REPLAY{arguments(options)}")
        is_status = False
        try:
            while not is_status:
                _, value, is_status = self.read()
                if not is_status:
                    yield value
        finally:
            if not is_status:
                self.close()
        if "error" in value:
            raise AnnalsError(value)


def arguments(values):
    """Arguments of a request: as_of=7 becomes as-of=7, from_="2021" becomes from=2021, True and False become yes and
    no, a list is joined with commas, None is left out, and what is no integer is quoted."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in values.items() if value is not None)
    return "".join(f" {key}={_argument(value)}" for key, value in pairs)


def _argument(value):
    if isinstance(value, (list, tuple)):
        return ",".join(map(_argument, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)


def main():
    """Sends one request and prints its reply, line by line as it comes; returns 1 if the request failed."""
    if len(sys.argv) != 3:
        sys.exit("usage: annals.py SOCKET REQUEST   (such as: annals.py annals.sock 'QUERY meetings')")
    with Annals.connect(sys.argv[1]) as annals:
        annals.send(sys.argv[2])
        while True:
            text, value, is_status = annals.read()
            print(text, end="", flush=True)
            if is_status:
                return int("error" in value)


if __name__ == "__main__":
    sys.exit(main())
