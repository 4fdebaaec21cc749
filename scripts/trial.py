"""A daemon under one fault of the system, with clients that append: for fault-test."""

import pathlib
import time

import daemon as daemons
from annals import Annals, AnnalsError
from histories import Failure, Histories, expect

SEGMENT_BYTES = 256 << 10
PATIENCE = 60  # seconds until a fault must show
CLIENTS = 4


class Trial:
    """A daemon with clients, under one fault."""

    def __init__(self, executable, folder, seed, *options):
        self.folder = pathlib.Path(folder)
        self.daemon = daemons.Daemon(executable, folder, "--segment-bytes", str(SEGMENT_BYTES), *options)
        self.histories = Histories(seed, CLIENTS)

    def append_until(self, condition, what):
        """Has clients append until a condition on them holds."""
        self.histories.begin(what, self.daemon.socket)
        deadline = time.monotonic() + PATIENCE
        try:
            while not condition(self.histories.clients):
                expect(self.daemon.process.poll() is None, f"the daemon ended:\n{self.daemon.last_words()}")
                expect(time.monotonic() < deadline, f"{what}: not within {PATIENCE} seconds")
                time.sleep(0.02)
        finally:
            self.histories.end()

    def refused(self, code):
        """Has clients append until each was refused with a code."""
        self.append_until(lambda clients: all(client.refusals[code] for client in clients), code)

    def acknowledged(self):
        """Has clients append until each had an acknowledgement."""
        self.append_until(
            lambda clients: all(any(each.positions for each in client.done) for client in clients), "acknowledgements")
        # Answered once the index holds it.
        with Annals.connect(self.daemon.socket, timeout=PATIENCE) as annals:
            next(annals.replay(from_=1, to=1))

    def queries_go_on(self):
        """Whatever is refused, what is recorded can be read."""
        with Annals.connect(self.daemon.socket, timeout=PATIENCE) as annals:
            annals.request("PING")
            for view in ("meetings", "trade-volume"):
                annals.query(view, limit=5)
            expect(next(annals.replay(from_=1, to=1))["position"] == 1, "the first event cannot be read")

    def await_live(self):
        """Waits until the daemon has taken in what it had no room for."""
        deadline = time.monotonic() + PATIENCE
        with Annals.connect(self.daemon.socket, timeout=PATIENCE) as annals:
            while (status := annals.request("STATUS")[1])["state"] != "live" or status["applied"] < status["head"]:
                expect(time.monotonic() < deadline, f"with room again, the daemon is {status['state']}")
                time.sleep(0.05)

    def records_nothing_more(self):
        """Whoever asks is refused for good, and nothing that is refused is there afterwards by an acknowledgement."""
        self.refused("read_only")
        with Annals.connect(self.daemon.socket, timeout=PATIENCE) as annals:
            for number in range(3):
                try:
                    annals.append({"source": "late", "id": str(number), "type": "entity.named",
                                   "data": {"entity": "E", "name": "n", "lang": "en"}})
                    raise Failure("an append was acknowledged after a failed sync")
                except AnnalsError as error:
                    expect(error.code == "read_only", f"refused: {error}")
        self.queries_go_on()

    def close(self):
        """Ends the daemon if it runs."""
        if self.daemon.process.poll() is None:
            self.daemon.kill()

    def restarted(self):
        """After a restart without the fault all that was acknowledged is there, appends succeed, and views are what a rebuild gives."""
        self.close()
        self.daemon.start()
        self.histories.check(self.daemon.socket)
        self.acknowledged()
        self.histories.check(self.daemon.socket)
        expect(self.daemon.stop() == 0, "the daemon did not stop well")
        daemons.verify(self.daemon.executable, self.daemon.data)
