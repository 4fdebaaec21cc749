"""The services that scripts/bench compares, each started anew in a folder of its own, on a Unix socket there."""

import getpass
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import time

import annals
import daemon as daemons

START_SECONDS = 30
# Whom PostgreSQL runs as where this is root, which it refuses to be: the first of these that there is.
UNPRIVILEGED = ("postgres", "nobody")
SCHEMA = """
CREATE TABLE events(position bigserial PRIMARY KEY, id text NOT NULL UNIQUE, event text NOT NULL);
CREATE TABLE rows(key text, day text, position bigint, row text NOT NULL, PRIMARY KEY(key, day, position));
"""


def wait_for(answers, process, log):
    """Waits until `answers` gives true; raises RuntimeError where the process ends before or it takes too long."""
    until = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{process.args[0]} does not start:\n{pathlib.Path(log).read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def is_quiet(command, **options):
    """Whether a command ends well."""
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options).returncode == 0


class Service:
    """What all have in common: started by `start`, asked at `address`, ended by `stop`."""

    name = address = process = None

    def caught_up(self):
        """Waits until what is asked sees all that was appended; gives the seconds it took."""
        return 0.0

    def stop(self, number=signal.SIGTERM):
        """Ends the process that was started here."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=60)


class Annals(Service):
    """`annals serve`."""

    name = "annals"

    def __init__(self, executable, folder):
        os.mkdir(folder)
        self.daemon = daemons.Daemon(executable, folder, "--log-level", "warning")

    def start(self):
        """Starts the daemon."""
        self.daemon.start()
        self.process, self.address = self.daemon.process, self.daemon.socket

    def caught_up(self):
        """Waits until the views have all that is in the log."""
        began = time.monotonic()
        client = annals.Annals.connect(self.address)
        while (status := client.request("STATUS")[1])["applied"] < status["head"]:
            time.sleep(0.005)
        return time.monotonic() - began

    def version(self):
        """As it says."""
        return subprocess.run([self.daemon.executable, "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()


class Redis(Service):
    """Redis with its append-only file, flushed before each reply."""

    name = "redis"
    executable = shutil.which("redis-server")

    def __init__(self, folder):
        os.mkdir(folder)
        self.folder, self.address = folder, f"{folder}/redis.sock"

    def start(self):
        """Starts the server, without TCP and without snapshots or rewrites of the file, which would only slow it."""
        log = f"{self.folder}/log"
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [self.executable, "--port", "0", "--unixsocket", self.address, "--dir", self.folder, "--save", "",
                 "--daemonize", "no", "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        wait_for(lambda: os.path.exists(self.address), self.process, log)

    def version(self):
        """As it says."""
        return subprocess.run([self.executable, "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()


class PostgreSQL(Service):
    """PostgreSQL with its defaults for durability, and room enough that it checkpoints seldom."""

    name = "postgres"
    settings = {
        "listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
        "shared_buffers": "1GB", "max_wal_size": "16GB", "checkpoint_timeout": "1h", "autovacuum": "off", "max_connections": "100",
    }

    def __init__(self, folder):
        os.mkdir(folder)
        self.folder, self.binaries = folder, self.find()
        self.user = getpass.getuser()
        self.identity = {}
        if os.geteuid() == 0:
            self.user = next(name for name in UNPRIVILEGED if any(entry.pw_name == name for entry in pwd.getpwall()))
            entry = pwd.getpwnam(self.user)
            self.identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        self.address = f"host={folder} user=bench dbname=postgres"

    @staticmethod
    def find():
        """The folder of the newest version's programs, where Debian has them, else on the path; None where there is none."""
        folders = glob.glob("/usr/lib/postgresql/*/bin")
        if folders:
            return max(folders, key=lambda folder: int(folder.split("/")[4]))
        found = shutil.which("initdb")
        return found and os.path.dirname(found)

    def run(self, *command):
        """Runs a program of PostgreSQL, which must end well."""
        subprocess.run(
            [f"{self.binaries}/{command[0]}", *command[1:]], cwd=self.folder, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, **self.identity)

    def start(self):
        """Makes a database with the tables, and starts the server."""
        data, log = f"{self.folder}/data", f"{self.folder}/log"
        self.run("initdb", "--pgdata", data, "--auth", "trust", "--username", "bench", "--encoding", "UTF8", "--locale", "C")
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [f"{self.binaries}/postgres", "-D", data, "-k", self.folder, *settings], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, **self.identity)
        wait_for(
            lambda: is_quiet([f"{self.binaries}/pg_isready", "-h", self.folder, "-U", "bench", "-d", "postgres"]),
            self.process, log)
        self.run("psql", "-q", "-h", self.folder, "-U", "bench", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c", SCHEMA)

    def stop(self, number=signal.SIGINT):
        """Ends it at once, without waiting for clients (pg_ctl(1), fast)."""
        super().stop(number)

    def version(self):
        """As it says."""
        return subprocess.run([f"{self.binaries}/postgres", "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()
