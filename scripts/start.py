"""./run: start Goldthread, or run one of its commands, in the environment that this makes."""

import argparse
import errno
import fcntl
import os
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts import environment
from scripts.children import KEEPS_WHAT_IT_COMPILES, Children, Stopped, listen_for_signals
from scripts.console import ROOT, Stop, complain, say

DESCRIPTION = """Start Goldthread: its own environment, the database, web server and worker. Ctrl-C stops everything.

Also:
  ./run manage COMMAND …   run a command of the product (./run manage help lists them)
  ./run shots              make pictures of the main screens in shots/
  ./run bench …            measure (./run bench --help)
"""
START_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code."""
    try:
        if arguments[:1] == ["manage"]:
            return _hand_over(arguments[1:], environment.ready("run"), "goldthread")
        if arguments[:1] == ["bench"]:
            return _hand_over(arguments[1:], environment.ready("test"), "bench")
        if arguments[:1] == ["shots"]:
            return _hand_over(arguments[1:], environment.ready("test"), "scripts.shots")
        return start(_options(arguments))
    except Stop as stop:
        complain(str(stop))
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=_port, default=8000, help="where the pages are served (default 8000)")
    parser.add_argument("--data", type=Path, default=_data(), metavar="DIR", help="the data folder (default .data)")
    parser.add_argument("--empty", action="store_true", help="no demo agency: the first page sets up yours")
    parser.add_argument("--database", default=os.environ.get("GOLDTHREAD_DATABASE", ""), metavar="postgresql://…")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _data() -> Path:
    return Path(os.environ.get("GOLDTHREAD_DATA", ROOT / ".data"))


def _hand_over(arguments: list[str], python: Path, module: str) -> int:
    """Become ``python -m MODULE``: its output, signals and exit code are this command's own."""
    os.environ.setdefault("GOLDTHREAD_DATA", str(_writable(_data())))
    if (_data() / "demo").exists():
        os.environ.setdefault("GOLDTHREAD_DEMO", "1")
    os.environ.update({"PYTHONPATH": str(ROOT), **KEEPS_WHAT_IT_COMPILES})
    sys.stdout.flush()
    os.execv(python, [str(python), "-m", module, *arguments])


def start(options: argparse.Namespace) -> int:
    """Prepare the data, serve until somebody stops it."""
    data = _writable(options.data)
    _take(data)
    _check_port(options.port)
    try:
        listen_for_signals()
        python = str(environment.ready("run"))
        children = Children({"GOLDTHREAD_DATA": str(data), "GOLDTHREAD_DATABASE": options.database})
        if not options.empty:
            children.environment["GOLDTHREAD_DEMO"] = "1"
    except Stopped:
        return 0
    try:
        return _serve(children, python, options, data)
    except Stopped:
        say("Stopping …")
        return 0
    finally:
        children.stop_all()


def _serve(children: Children, python: str, options: argparse.Namespace, data: Path) -> int:
    empty = ["--empty"] if options.empty else []
    welcome = children.run("preparation", [python, "-m", "goldthread", "prepare", *empty])
    children.environment["GOLDTHREAD_DEMO"] = "1" if (data / "demo").exists() else ""
    children.environment["GOLDTHREAD_DATABASE"] = ""  # the administrator's address is not for those who serve
    web = [python, "-m", "gunicorn", "goldthread.wsgi", "--config", str(ROOT / "scripts" / "gunicorn_settings.py")]
    children.start("web server", [*web, "--bind", f"127.0.0.1:{options.port}"])
    children.start("worker", [python, "-m", "goldthread", "worker"])
    _wait_until_answering(children, options.port)
    say(f"\nGoldthread is at http://localhost:{options.port}/")
    say(welcome.rstrip())
    say("Ctrl-C stops it.\n")
    while not (ended := children.someone_ended()):
        time.sleep(0.3)
    complain(f"{ended} Everything is stopped.")
    return 1


def _wait_until_answering(children: Children, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if ended := children.someone_ended():
            raise Stop(f"{ended} Everything is stopped.")
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://127.0.0.1:{port}/healthz", timeout=5
            )
            return
        except urllib.error.HTTPError:
            return  # it answers; what is wrong stands in its log
        except OSError:
            time.sleep(0.1)
    raise Stop(f"The web server did not answer within {START_SECONDS:.0f} seconds.")


def _writable(data: Path) -> Path:
    """The data folder, made if need be, for nobody else's eyes."""
    data = data.expanduser().resolve()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=data):
            return data
    except OSError as error:
        raise Stop(
            f"The data folder {data} cannot be written: {error.strerror}. Choose another with --data."
        ) from error


def _take(data: Path) -> None:
    """One Goldthread a data folder. The lock is let go when this process ends, however it ends."""
    lock = os.open(data / "running.lock", os.O_CREAT | os.O_RDWR, 0o600)
    os.set_inheritable(lock, False)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Stop(
            f"Goldthread is running on {data} already. Stop it first, or choose another folder with --data."
        ) from error


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Stop(f"Port {port} is not for this account. Choose one above 1023: ./run --port 8000") from error
            raise Stop(f"Port {port} is taken. Choose another: ./run --port {port + 1}") from error
