"""A PostgreSQL server for one run of the tests: made in a folder of its own, on a free port, thrown away afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from scripts.children import end_with_parent
from scripts.console import Stop
from scripts.machine import postgresql_binaries, quick_disk

ADMINISTRATOR = "goldthread_admin"
THROWN_AWAY = {"autovacuum": "off", "checkpoint_timeout": "1h", "max_wal_size": "2GB", "shared_buffers": "256MB"}
"""Nothing is tidied up in what is thrown away. What Goldthread insists on (fsync and its like) stays on."""


class Cluster:
    """Use it with ``with``; ``url`` is the administrator's address of the database ``postgres``."""

    def __init__(self, scratch: Path) -> None:
        binaries = postgresql_binaries()
        if binaries is None:
            raise Stop("PostgreSQL's server is not installed.")
        self.binaries = binaries
        self.account = _account()
        self.folder = Path(tempfile.mkdtemp(prefix="goldthread-pg-", dir=quick_disk()))
        self.log = scratch / "postgresql.log"
        self.port = _free_port()
        self.url = f"postgresql://{ADMINISTRATOR}@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> "Cluster":
        if self.account:
            os.chown(self.folder, *self.account)
        try:
            self._make()
            self._start()
        except BaseException:
            self._throw_away()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.send_signal(signal.SIGINT)  # fast shutdown: does not wait for sessions
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self._throw_away()

    def _make(self) -> None:
        options = ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={ADMINISTRATOR}"]
        made = self._popen(["initdb", f"--pgdata={self.folder / 'data'}", *options])
        if made.wait() != 0:
            raise Stop(f"PostgreSQL's initdb failed:\n{self.log.read_text()}")

    def _start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "60",
        } | THROWN_AWAY
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.server = self._popen(["postgres", "-D", str(self.folder / "data"), "-p", str(self.port), *options])
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.server.poll() is None:
            if self._ready():
                return
            time.sleep(0.1)
        raise Stop(f"PostgreSQL did not start:\n{self.log.read_text()}")

    def _ready(self) -> bool:
        asked = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def _popen(self, command: list[str]) -> "subprocess.Popen[bytes]":
        user, group = self.account or (None, None)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(self.binaries / command[0]), *command[1:]],
                cwd=self.folder,
                user=user,
                group=group,
                extra_groups=[] if self.account else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def _throw_away(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _account() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root: an account without rights runs it then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise Stop(
        "PostgreSQL does not run as root, and there is no account postgres or nobody. Run ./test as another user."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
