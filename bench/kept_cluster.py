"""A PostgreSQL server of the bench's own, kept from run to run so that 200 000 clients are written once."""

import os

import psycopg
from psycopg import sql

from bench.places import cluster_folder, home
from scripts.cluster import ADMINISTRATOR, Cluster

MEMORY_SETTINGS = "\nshared_buffers = '256MB'\nmax_wal_size = '2GB'\n"
"""A small server's settings; everything that keeps writes safe stays on."""


class KeptCluster(Cluster):
    """``with KeptCluster() as cluster``: it runs inside the block, its data stay. One bench at a time."""

    def __init__(self) -> None:
        super().__init__(home())
        os.rmdir(self.folder)
        self.folder = cluster_folder()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self._kept_port()
        self.url = self.url_of("postgres")

    def __enter__(self) -> "KeptCluster":
        super().__enter__()
        return self

    def url_of(self, database: str) -> str:
        """The administrator's address of *database*."""
        return f"postgresql://{ADMINISTRATOR}@127.0.0.1:{self.port}/{database}"

    def make_database(self, database: str) -> None:
        """Make an empty database; one of that name is thrown away."""
        with psycopg.connect(self.url, autocommit=True) as admin:
            name = sql.Identifier(database)
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(name))

    def _kept_port(self) -> int:
        """The port of the first start: the data folders remember the database's address."""
        kept = self.folder / "port"
        if not kept.exists():
            kept.write_text(str(self.port))
        return int(kept.read_text())

    def _make(self) -> None:
        data = self.folder / "data"
        if (data / "PG_VERSION").exists():
            return
        super()._make()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(MEMORY_SETTINGS)

    def _throw_away(self) -> None:
        """Everything stays."""
