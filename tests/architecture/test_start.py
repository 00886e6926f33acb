"""What the web server loads before its workers are made: they keep it for as long as they run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LATER = {"openpyxl", "pypdf", "weasyprint", "fhir", "antlr4", "numpy", "qrcode", "faker"}
"""Libraries of several megabytes for a file, a print or an import: loaded where they are used."""
TELL = "import json, sys; import goldthread.wsgi; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


@pytest.mark.thorough
def test_libraries_for_files_are_loaded_when_a_file_is_made(tmp_path: Path) -> None:
    there = os.environ | {"GOLDTHREAD_DATA": str(tmp_path), "GOLDTHREAD_DATABASE": ""}
    said = subprocess.run([sys.executable, "-c", TELL], env=there, capture_output=True, text=True, check=True)
    assert LATER & set(json.loads(said.stdout.splitlines()[-1])) == set()


@pytest.mark.thorough
def test_the_web_server_asks_what_reads_every_request_in_one_encoding(tmp_path: Path) -> None:
    """tests/attack/test_poison.py asks it; that gunicorn does is seen here."""
    there = os.environ | {"GOLDTHREAD_DATA": str(tmp_path), "GOLDTHREAD_DATABASE": ""}
    tell = "import goldthread.wsgi; print(type(goldthread.wsgi.application).__name__)"
    said = subprocess.run([sys.executable, "-c", tell], env=there, capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "OneEncoding"
