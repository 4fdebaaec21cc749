#!/usr/bin/env python3
"""Runs a command with a daemon of its own, in a temporary folder that is removed afterwards.

    daemon.py scripts/check_schemas.py --daemon {socket}

`{socket}` in the arguments stands for the daemon's socket, which is in ANNALS_SOCKET too. The exit status is that of
the command. The executable is the one that ANNALS_BIN names; without it, a debug build of this project.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
STOP_SECONDS = 60  # that a daemon may take to answer what it has begun and stop


def binary():
    """The path of the `annals` executable."""
    if "ANNALS_BIN" in os.environ:
        return os.path.abspath(os.environ["ANNALS_BIN"])
    subprocess.run(["swift", "build", "--product", "annals"], cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return os.path.join(shown.stdout.strip(), "annals")


def verify(executable, data):
    """Verifies a data folder at rest; raises RuntimeError with what was found."""
    done = subprocess.run(
        [executable, "verify", "--data", data], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode != 0:
        raise RuntimeError(f"annals verify ended with status {done.returncode}:\n{done.stdout}")


class Daemon:
    """`annals serve` on a folder: its data in `data`, its socket `annals.sock`, what it logs in `log`. Further options of the command
    may be given."""

    def __init__(self, executable, folder, *options):
        self.executable, self.folder, self.options = executable, pathlib.Path(folder), options
        self.data, self.socket = str(self.folder / "data"), str(self.folder / "annals.sock")
        self.process = None

    def spawn(self):
        """Starts the daemon and does not wait until it is ready."""
        # A killed daemon must not stay for the seconds that a backtrace takes.
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.executable, "serve", "--data", self.data, "--socket", self.socket, *self.options],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment)
        return self.process

    def start(self):
        """Starts the daemon and waits until it is ready; gives what it says then."""
        line = self.spawn().stdout.readline()
        if not line:
            status = self.process.wait()
            raise RuntimeError(f"the daemon ended with status {status} and was not ready:\n{self.last_words()}")
        return json.loads(line)["ready"]

    def last_words(self):
        """The end of what the daemon logged."""
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-20:])

    def kill(self):
        """Ends the daemon at once, as a crash does."""
        self.process.kill()
        self._wait()

    def stop(self):
        """Asks the daemon to stop and waits for it; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self._wait()

    def _wait(self):
        try:
            return self.process.wait(timeout=STOP_SECONDS)
        finally:
            self.process.stdout.close()

    def __enter__(self):
        self.start()
        return self

    def close(self, *_):
        """Stops the daemon if it runs, as the end of a `with` block does."""
        if self.process.poll() is None:
            self.stop()

    __exit__ = close


def main():
    """Runs the command line's command."""
    if len(sys.argv) < 2:
        sys.exit("usage: daemon.py COMMAND [ARGUMENT…]   ({socket} stands for the daemon's socket)")
    with tempfile.TemporaryDirectory() as folder, Daemon(binary(), folder) as daemon:
        command = [argument.replace("{socket}", daemon.socket) for argument in sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, "ANNALS_SOCKET": daemon.socket}).returncode


if __name__ == "__main__":
    sys.exit(main())
