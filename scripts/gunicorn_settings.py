"""How gunicorn serves Goldthread."""

import gc
import os
from typing import Any

workers = 2
worker_class = "gthread"  # threads: a browser that opens a connection ahead of time must not hold up a worker
threads = 4
preload_app = True
graceful_timeout = 10
keepalive = 30
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
accesslog = None  # goldthread.foundation.lib.logs writes the request log, without addresses that name people
loglevel = "warning"


def when_ready(server: Any) -> None:
    """What is loaded before the workers are made stays: the garbage collector need not look through it again and again,
    and so it stays shared between them."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A page makes some ten thousand objects, nearly all of which go by themselves: look for the rest once in several pages."""
    gc.set_threshold(50_000, 20, 50)
