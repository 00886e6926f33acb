"""Data sets by database and size: made once, kept, made anew when tables or generator have changed."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.build import ASKING, THREADS, WORLD
from bench.kept_cluster import KeptCluster
from bench.places import ASKED_BY, ROOT, WOVEN_BY, fingerprint, home


@dataclass(frozen=True, slots=True)
class Dataset:
    """One installation with *clients* clients. ``environment`` is what its processes need."""

    database: str
    clients: int
    environment: dict[str, str]
    own: list[str]
    """Clients of the case manager who signs in."""
    spread: list[str]
    """Clients all over the agency."""
    worker: str = ""
    """Id of the first worker, as addresses name it."""
    floor: str = ""
    """The address of the floor's database, on PostgreSQL."""
    program: str = ""
    """Id of the program with (at most) two thousand clients."""


def dataset(
    database: str,
    clients: int,
    cluster: KeptCluster | None,
    *,
    threads: bool = True,
    asking: bool = True,
    worked: int | None = None,
) -> Dataset:
    """The data set, made if it is not there. *cluster* runs when *database* is postgresql, else None. *threads*, *asking*: with what
    is laid over it for them. *worked*: casework with so many clients alone."""
    some = "" if worked is None or worked >= clients else f"-{worked}"
    name = f"{database}-{clients}{some}-{fingerprint()}"
    folder = home() / name
    woven, asked = f"{THREADS}-{fingerprint(WOVEN_BY)}.json", f"{ASKING}-{fingerprint(ASKED_BY)}.json"
    otherwise = (threads and _laid_otherwise(folder, THREADS, woven)) or (
        asking and _laid_otherwise(folder, ASKING, asked)
    )
    if not (folder / WORLD).exists() or otherwise:
        _make(folder, name, clients, cluster, clients if worked is None else worked)
    if threads and not (folder / woven).exists():
        sys.stderr.write(f"Threads of {clients} clients …\n")
        _build(folder, THREADS, woven)
    if asking and not (folder / asked).exists():
        sys.stderr.write(f"Inquiries of {clients} clients …\n")
        _build(folder, ASKING, asked)
    world = json.loads((folder / WORLD).read_text())
    floor = _floor(clients, cluster) if cluster else ""
    program = json.loads((folder / woven).read_text())["program"] if threads else ""
    return Dataset(
        database, clients, _environment(folder), world["own"], world["spread"], world["worker"], floor, program
    )


def _make(folder: Path, name: str, clients: int, cluster: KeptCluster | None, worked: int) -> None:
    sys.stderr.write(f"Making {clients} clients ({name}) …\n")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    admin_url = ""
    if cluster:
        from goldthread.foundation.tenancy.installation import prepare_installation

        database = "gt_" + name.replace("-", "_")
        cluster.make_database(database)
        admin_url = cluster.url_of(database)
        prepare_installation(admin_url, folder)
    _build(folder, str(clients), str(worked), admin_url)


def _laid_otherwise(folder: Path, what: str, mark: str) -> bool:
    """Does something lie over it that another generator made? It cannot be taken off again."""
    return any(one.name != mark for one in folder.glob(f"{what}-*.json"))


def _build(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "bench.build", *arguments]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)


def _environment(folder: Path) -> dict[str, str]:
    """The environment of a process that works on the data set in *folder*."""
    from goldthread.foundation.tenancy.address import kept_url

    return os.environ | {
        "GOLDTHREAD_DATA": str(folder),
        "GOLDTHREAD_DATABASE": kept_url(folder),
        "GOLDTHREAD_DEMO": "1",
        "GOLDTHREAD_DEBUG": "",
        "DJANGO_SETTINGS_MODULE": "goldthread.settings",
        "PYTHONPATH": str(ROOT),
    }


def _floor(clients: int, cluster: KeptCluster) -> str:
    """The floor's own database with the same people."""
    address, mark = cluster.url_of(f"floor_{clients}"), cluster.folder / f"floor-{clients}"
    if not mark.exists():
        sys.stderr.write(f"Making the floor's {clients} clients …\n")
        cluster.make_database(f"floor_{clients}")
        environment = os.environ | {"FLOOR_DATABASE": address, "PYTHONPATH": str(ROOT)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        subprocess.run([sys.executable, "-m", "bench.floor_app", str(clients)], cwd=ROOT, env=environment, check=True)
        mark.touch()
    return address
