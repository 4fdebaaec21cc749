"""The memory of a process, sampled while it works."""

import collections
import pathlib
import threading
import time

SAMPLE_SECONDS = 0.1

Sample = collections.namedtuple("Sample", "resident anonymous")
Phase = collections.namedtuple("Phase", "name events seconds resident peak end")


def sample(pid):
    """The memory of a process in bytes; None once it has ended."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return None
    sizes = {name: int(rest.split()[0]) << 10 for name, _, rest in (line.partition(":") for line in lines)}
    return Sample(sizes["Rss"], sizes["Anonymous"]) if sizes else None


class Sampler(threading.Thread):
    """Samples a process until `finish`, or until it ends."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.samples, self.ended = pid, [], threading.Event()
        self.began = time.monotonic()
        self.start()

    def run(self):
        while taken := sample(self.pid):
            self.samples.append(taken)
            if self.ended.wait(SAMPLE_SECONDS):
                break

    def finish(self, name, events):
        """Ends the sampling; gives what the phase was like."""
        self.ended.set()
        self.join()
        seconds = time.monotonic() - self.began
        samples = self.samples or [Sample(0, 0)]
        peak, resident = max(each.anonymous for each in samples), max(each.resident for each in samples)
        return Phase(name, events, seconds, resident, peak, samples[-1].anonymous)
