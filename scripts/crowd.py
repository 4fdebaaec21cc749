"""Connections that mean no good, many in one process: what the overload test sets upon a daemon."""

import collections
import json
import selectors
import signal
import socket
import sys
import time

from generate import Generator

BATCH = 200  # events
WINDOW = 4  # batches that a flooder leaves unanswered
READ_BYTES = 1 << 18
PAUSE_SECONDS = 0.25  # after `busy`, for those that heed it


def batches(seed):
    """Batches of claims that refer to no other event, without end, as requests."""
    lines = []
    for line in Generator(seed).events():
        if '"review.' in line or '"supersedes"' in line:
            continue
        lines.append(line)
        if len(lines) == BATCH:
            yield f"APPEND [{','.join(lines)}]\n".encode()
            lines = []


class Connection:
    """One that does no more than be there."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.socket.setblocking(False)
        self.unsent = b""

    def wants_to_write(self):
        """Whether there is something to be sent."""
        return bool(self.unsent)

    def write(self):
        """Sends what the socket takes."""
        try:
            self.unsent = self.unsent[self.socket.send(self.unsent) :]
        except BlockingIOError:
            pass

    def read(self):
        """Takes what there is; false at the end."""
        return bool(self.socket.recv(READ_BYTES))


class HalfLine(Connection):
    """Begins a line and never ends it."""

    def __init__(self, path):
        super().__init__(path)
        self.unsent = b'APPEND {"source":"half'


class NeverReads(Connection):
    """Asks for the whole log, again and again, and takes nothing."""

    def __init__(self, path):
        super().__init__(path)
        self.unsent = b"REPLAY\n" * 100

    def read(self):
        return True


class Flooder(Connection):
    """Sends batches without end, and sends again what was told to wait: every other one at once."""

    def __init__(self, path, number, source):
        super().__init__(path)
        self.number, self.source = number, source
        self.outstanding, self.waiting = collections.deque(), collections.deque()
        self.recorded = self.busy = self.other = 0
        self.rest, self.not_before = b"", 0.0

    def wants_to_write(self):
        if not self.unsent and len(self.outstanding) < WINDOW and time.monotonic() >= self.not_before:
            batch = self.waiting.popleft() if self.waiting else next(self.source)
            self.outstanding.append(batch)
            self.unsent = batch
        return bool(self.unsent)

    def read(self):
        received = self.socket.recv(READ_BYTES)
        *lines, self.rest = (self.rest + received).split(b"\n")
        for line in lines:
            batch, status = self.outstanding.popleft(), json.loads(line)
            if "ok" in status:
                self.recorded += BATCH
            elif status["error"] == "busy" and status.get("retry"):
                self.busy += 1
                self.waiting.append(batch)
                if self.number % 2:
                    self.not_before = time.monotonic() + PAUSE_SECONDS
            else:
                self.other += 1
                print(line.decode(), file=sys.stderr)
        return bool(received)


def run(path, counts, until):
    """Opens connections, `counts` of each sort by name, and works them until the pipe `until` says so; gives what the
    flooders saw."""
    source = batches(1)
    members = [HalfLine(path) for _ in range(counts["half"])] + [NeverReads(path) for _ in range(counts["unread"])]
    members += [Connection(path) for _ in range(counts["idle"])]
    flooders = [Flooder(path, number, source) for number in range(counts["flood"])]
    members += flooders
    until.send("ready")
    selector, kept = selectors.DefaultSelector(), set(members)
    for member in members:
        selector.register(member.socket, selectors.EVENT_READ, member)
    while not until.poll():
        for member in kept:
            wanted = selectors.EVENT_READ if not isinstance(member, NeverReads) else 0
            wanted |= selectors.EVENT_WRITE if member.wants_to_write() else 0
            if selector.get_map().get(member.socket) is None:
                if wanted:
                    selector.register(member.socket, wanted, member)
            elif not wanted:
                selector.unregister(member.socket)
            elif selector.get_key(member.socket).events != wanted:
                selector.modify(member.socket, wanted, member)
        for key, events in selector.select(timeout=0.02):
            member = key.data
            try:
                if events & selectors.EVENT_WRITE:
                    member.write()
                is_open = member.read() if events & selectors.EVENT_READ else True
            except (BrokenPipeError, ConnectionResetError):
                is_open = False
            if not is_open:
                kept.discard(member)
                selector.unregister(member.socket)
    lost = sum(member not in kept for member in flooders)
    for member in members:
        member.socket.close()
    return {
        "recorded": sum(each.recorded for each in flooders), "busy": sum(each.busy for each in flooders),
        "other": sum(each.other for each in flooders), "lost": lost,
        "unanswered": sum(len(each.outstanding) for each in flooders),
    }


def serve(path, counts, until):
    """`run`, as the body of a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    until.send(run(path, counts, until))
