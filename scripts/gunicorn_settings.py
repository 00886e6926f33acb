"""How gunicorn serves Goldthread."""

import os

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
