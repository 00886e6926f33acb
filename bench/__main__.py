"""``python -m bench [NAME …] [--clients N] [--database sqlite|postgresql] [--json]``; also ``bench growth`` and ``bench load``."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import django

from bench.bringing import bring
from bench.dataset import Dataset, dataset
from bench.growing import SIZES, load, show_growth
from bench.kept_cluster import KeptCluster
from bench.measuring import Figure, measure
from bench.operations import OPERATIONS
from bench.places import home
from bench.reporting import say, show, table
from bench.ruling import change_rule
from bench.serving import Server, floor, goldthread
from bench.world import World
from scripts.console import Stop, complain

ABOUT = """Measure Goldthread over HTTP, signed in, against gunicorn with two workers. 20 warm-ups, then 200 timed.

  bench                     every operation, at 20 000 clients on SQLite
  bench search open_client  these operations
  bench growth [NAME …]     from 2 000 to 20 000 to 200 000 clients
  bench duplicates          F1 of the score of likely doubles on FEBRL4, then the time of a lookup
  bench load                eight people on My day at once: requests a second and memory
  bench rules               a rule changes, and every episode is worked out again in the worker, while somebody opens My day
  bench import              10 000 clients come in from a file, in the worker, while somebody opens My day; then they are taken back
"""
DATABASES = ("sqlite", "postgresql")
BESIDE: dict[str, Callable[[World, Server], dict[str, object]]] = {
    "load": load,
    "import": lambda world, _server: bring(world),
    "rules": lambda world, _server: change_rule(world),
}
LOOKUP = "likely_same"
"""The operation that times a lookup: a step of creating a client."""


def main(arguments: list[str]) -> int:
    """Measure what is asked; 1 when an answer was not what was measured for."""
    options = _options(arguments)
    if "duplicates" in options.names:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.settings")
        django.setup()  # its rules stand beside models; what measures over HTTP needs none
        from bench.likeness import show_likeness

        show_likeness(as_json=options.json)
        options.names.append(LOOKUP)
    try:
        with ExitStack() as stack:
            cluster = stack.enter_context(KeptCluster()) if options.database == "postgresql" else None
            return _run(options, cluster)
    except Stop as stop:
        complain(str(stop))
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    listed = "\n".join(f"  {name:<20} {one.says}" for name, one in OPERATIONS.items())
    parser = argparse.ArgumentParser(
        prog="bench",
        description=ABOUT,
        epilog=f"operations:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[[], "growth", "load", "import", "rules", "duplicates", *OPERATIONS]
    )
    parser.add_argument("--clients", type=int, default=20_000, metavar="N")
    parser.add_argument(
        "--worked",
        type=int,
        default=None,
        metavar="N",
        help="casework with the first N clients alone: a million has room",
    )
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument(
        "--rounds", type=int, default=0, metavar="N", help="timed requests (default: 200; fewer where slow)"
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON for each figure")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, cluster: KeptCluster | None) -> int:
    names = [name for name in options.names if name in OPERATIONS] or list(OPERATIONS)
    if BESIDE.keys() & set(options.names):
        return _beside(options, cluster)
    if "growth" not in options.names:
        return _report(
            _figures(_dataset(options, options.clients, names, cluster), names, options.rounds), as_json=options.json
        )
    figures = [
        figure for size in SIZES for figure in _figures(_dataset(options, size, names, cluster), names, options.rounds)
    ]
    _report(iter(figures), as_json=options.json)
    if not options.json:
        say("")
        show_growth(figures)
    return int(any(figure.error for figure in figures))


def _dataset(options: argparse.Namespace, clients: int, names: list[str], cluster: KeptCluster | None) -> Dataset:
    """With threads where an operation works with them, and with who asks and waits."""
    asked = [OPERATIONS[name] for name in names]
    needs = {"threads": any(one.threads for one in asked), "asking": any(one.asking for one in asked)}
    return dataset(options.database, clients, cluster, worked=options.worked, **needs)


def _figures(data: Dataset, names: list[str], rounds: int) -> Iterator[Figure]:
    with ExitStack() as stack:
        world, _ = _world(stack, data)
        for name in names:
            operation = OPERATIONS[name]
            yield measure(world, replace(operation, rounds=rounds) if rounds else operation)


def _beside(options: argparse.Namespace, cluster: KeptCluster | None) -> int:
    """What is measured while others work."""
    name = next(name for name in options.names if name in BESIDE)
    with ExitStack() as stack:
        result = BESIDE[name](
            *_world(stack, dataset(options.database, options.clients, cluster, threads=False, asking=False))
        )
    if options.json:
        say(json.dumps(result))
    else:
        table(list(result), [[str(value) for value in result.values()]])
    return 0


def _world(stack: ExitStack, data: Dataset) -> tuple[World, Server]:
    server = stack.enter_context(goldthread(data.environment, home() / "server.log"))
    floor_port = stack.enter_context(floor(data.floor, home() / "floor.log")).port if data.floor else 0
    return World(data, server.port, floor_port), server


def _report(figures: Iterator[Figure], *, as_json: bool) -> int:
    wrong: list[str] = []

    def noted() -> Iterator[Figure]:
        for figure in figures:
            if figure.error:
                wrong.append(f"{figure.name}: {figure.error}")
            yield figure

    show(noted(), as_json=as_json)
    for line in wrong:
        complain(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
