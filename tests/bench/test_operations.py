"""Every operation of the bench gets the answer that it measures, on an agency just large enough."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.operations import OPERATIONS

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 250
"""Three workers, the second of them the one with 90 clients and 400 tasks."""


@pytest.mark.slow
@pytest.mark.sqlite
def test_every_operation_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--clients", str(CLIENTS), "--rounds", "1", "--json"]
    environment = os.environ | {"GOLDTHREAD_DATA": str(tmp_path), "GOLDTHREAD_DATABASE": ""}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    figures = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert {one["name"]: one["error"] for one in figures} == dict.fromkeys(OPERATIONS, ""), ran.stderr[-2000:]
    assert all(one["queries"] and one["p50_ms"] for one in figures)
