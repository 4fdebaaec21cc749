"""What clients sent to a daemon and were answered, held against what it has after crashes: for crash-test, power-cut and fault-test.

- Every acknowledged event is there once, at its position, with its content, and stays the same bytes for ever;
- of a batch all events are there, side by side, or none; of a refused one none;
- positions have no gap, and recorded times do not decrease;
- what got no answer is sent again after the restart: it takes the place it has, if it has one.
"""

import collections
import decimal
import hashlib
import itertools
import json
import random
import threading
import time

from annals import Annals, AnnalsError
from generate import Generator

SET_BY_DAEMON = ("position", "recordedtime", "recordedby")
# Refusals that leave nothing behind: the retraction of a claim that has no place yet, since a crash came before it; and want of room.
REFUSALS = ("unresolved_reference", "disk_full")
PAUSE_WHEN_FULL = 0.02  # seconds
REPLY_SECONDS = 120  # that any reply may take


class Failure(Exception):
    """The daemon broke its word."""


def expect(condition, message):
    """Fails with the message if the condition does not hold."""
    if not condition:
        raise Failure(message)


class Request:
    """An append: its events as JSON, and what came of it. `positions` is None until it is acknowledged."""

    def __init__(self, events, is_batch):
        self.events, self.is_batch = events, is_batch
        self.values = [json.loads(event, parse_float=decimal.Decimal) for event in events]
        self.keys = [(value["source"], value["id"]) for value in self.values]
        self.positions = None
        self.is_refused = False

    @property
    def line(self):
        """The request line."""
        return "APPEND " + (f"[{','.join(self.events)}]" if self.is_batch else self.events[0])


class Client(threading.Thread):
    """Appends until the connection breaks, nothing is recorded any more, or `stop` is called. Every request sent ends in `done` or in
    `unanswered`."""

    def __init__(self, number, seed, socket, events, unanswered):
        super().__init__(daemon=True)
        self.random = random.Random(f"{seed}/{number}")
        self.socket, self.events = socket, events
        self.again, self.unanswered, self.done = unanswered, [], []
        self.fault, self.refusals = None, collections.Counter()
        self.stopping = threading.Event()

    def run(self):
        try:
            with Annals.connect(self.socket, timeout=REPLY_SECONDS) as annals:
                for start in range(0, len(self.again), 32):
                    self.exchange(annals, self.again[start:start + 32])
                while not self.stopping.is_set() and not self.refusals["read_only"]:
                    self.exchange(annals, self.next_requests())
        except TimeoutError:
            self.fault = Failure(f"no reply within {REPLY_SECONDS} seconds")
        except OSError:
            pass  # The daemon was killed. What had no answer is known by its missing outcome.
        except Exception as error:
            self.fault = error
        known = {id(each) for each in self.done + self.unanswered}
        self.unanswered += [each for each in self.again if id(each) not in known]

    def next_requests(self):
        """One event, some pipelined, one batch, or pipelined batches."""
        count, size = self.random.choice(((1, 0), (1, 0), (20, 0), (100, 0), (1, 3), (1, 100), (8, 10)))
        return [Request(list(itertools.islice(self.events, size or 1)), size > 0) for _ in range(count)]

    def exchange(self, annals, requests):
        """Sends requests at once and takes their replies."""
        waiting = collections.deque(requests)
        try:
            annals.send(*(request.line for request in requests))
            while waiting:
                try:
                    _, status = annals.receive()
                    waiting[0].positions = status["positions"]
                    self.done.append(waiting.popleft())
                except AnnalsError as error:
                    self.refused(error, waiting.popleft())
        finally:
            self.unanswered += waiting

    def refused(self, error, request):
        """Notes a refusal. After a failed write or sync nobody knows what became of the events: that is as no answer."""
        self.refusals[error.code] += 1
        if error.code == "read_only":
            self.unanswered.append(request)
            return
        expect(error.code in REFUSALS, f"refused: {error}")
        request.is_refused = True
        self.done.append(request)
        if error.code == "disk_full":
            time.sleep(PAUSE_WHEN_FULL)


class Record:
    """What the log is known to hold."""

    def __init__(self):
        self.head = 0
        self.digests = [None]
        self.places = {}
        self.time = ""

    def take(self, line, value, requests):
        """Takes in the next line of a replay; `requests` are those by key whose content is known."""
        position, key = value["position"], (value["source"], value["id"])
        digest = hashlib.sha256(line.encode()).digest()
        if position <= self.head:
            expect(digest == self.digests[position], f"position {position} is not the line that it was: {line}")
            return
        expect(position == self.head + 1, f"position {position} follows {self.head}")
        expect(key not in self.places, f"{key} stands at {self.places.get(key)} and at {position}")
        expect(value["recordedtime"] >= self.time, f"the time of position {position} is before that of the one before")
        request, index = requests.get(key, (None, 0))
        expect(request is not None, f"{key} at {position} was never sent")
        content = {name: each for name, each in value.items() if name not in SET_BY_DAEMON}
        expect(content == request.values[index], f"{key} at {position} has other content than was sent")
        self.head, self.time = position, value["recordedtime"]
        self.places[key] = position
        self.digests.append(digest)


class Histories:
    """The clients of one store over all its restarts, and what is known of it."""

    def __init__(self, seed, clients):
        self.seed, self.record, self.clients, self.sent = seed, Record(), [], []
        self.streams = [Generator(seed * clients + index).events() for index in range(clients)]
        self.unanswered = [[] for _ in self.streams]
        self.requests, self.acknowledged, self.repeated = 0, 0, 0
        self.refusals = collections.Counter()

    def begin(self, label, socket):
        """Has the clients append, first what got no answer."""
        self.repeated += sum(map(len, self.unanswered))
        self.clients = [
            Client(f"{label}/{index}", self.seed, socket, events, self.unanswered[index])
            for index, events in enumerate(self.streams)
        ]
        for client in self.clients:
            client.start()

    def end(self):
        """Waits until the clients are done: the daemon is gone, or records no more, or they are stopped here."""
        for client in self.clients:
            client.stopping.set()
        for client in self.clients:
            client.join()
        for client in self.clients:
            if client.fault:
                raise client.fault
            self.sent += client.done
            self.requests += len(client.done) + len(client.unanswered)
            self.acknowledged += sum(len(each.positions) for each in client.done if each.positions)
            self.refusals += client.refusals
        self.unanswered = [client.unanswered for client in self.clients]
        self.clients = []

    def check(self, socket, from_position=1):
        """Reads the log from a position on and holds it against what was sent and answered."""
        requests = self.sent + [each for unanswered in self.unanswered for each in unanswered]
        by_key = {key: (request, index) for request in requests for index, key in enumerate(request.keys)}
        with Annals.connect(socket, timeout=REPLY_SECONDS) as annals:
            annals.send(f"REPLAY from={from_position}")
            count, is_status = from_position - 1, False
            while not is_status:
                line, value, is_status = annals.read()
                if not is_status:
                    count += 1
                    expect(value["position"] == count, f"position {value['position']} follows {count - 1} in the replay")
                    self.record.take(line, value, by_key)
            head = self.record.head
            expect(value.get("next") == count + 1 == head + 1, f"the replay ends with {value}, not {head + 1}")
            rows, _ = annals.request("VIEWS")
            behind = [row for row in rows if row["state"] != "live" or row["lag"]]
            expect(not behind, f"views are behind: {behind}")
        for request in requests:
            self.check_request(request)
        self.sent = []

    def check_request(self, request):
        """Holds the places of a request's events against its answer."""
        places = [self.record.places.get(key) for key in request.keys]
        if request.is_refused:
            expect(all(place is None for place in places), f"{request.keys[0]} was refused and is at {places}")
        elif request.positions is not None:
            expect(
                places == request.positions, f"{request.keys[0]} was acknowledged at {request.positions}, is at {places}")
        else:
            expect(None not in places or set(places) == {None}, f"a batch is there in part: {places}")
        if places[0] is not None:
            expect(places == list(range(places[0], places[0] + len(places))), f"a batch is not side by side: {places}")

    def told(self):
        """The figures, in words."""
        return (f"{self.requests} requests, {self.acknowledged} events acknowledged, {self.repeated} requests sent again, "
                f"{self.record.head} events in the log")
