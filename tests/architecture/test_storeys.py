"""Imports and foreign keys go down only."""

import subprocess
import sys
import tomllib

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from tests.architecture.tree import ROOT

ORDER = [
    "goldthread.foundation.lib",
    "goldthread.foundation.ui",
    "goldthread.foundation.tenancy",
    "goldthread.foundation.audit",
    "goldthread.foundation.files",
    "goldthread.foundation.accounts",
    "goldthread.foundation.agency",
    "goldthread.foundation.programs",
    "goldthread.foundation.workforce",
    "goldthread.people.persons",
    "goldthread.people.facts",
    "goldthread.casework.episodes",
    "goldthread.casework.eligibility",
    "goldthread.casework.record",
    "goldthread.casework.tasks",
    "goldthread.casework.documents",
    "goldthread.casework.caseload",
    "goldthread.casework.merging",
    "goldthread.casework.skills",
    "goldthread.casework.assessments",
    "goldthread.casework.needs",
    "goldthread.casework.plans",
    "goldthread.casework.aftercare",
    "goldthread.casework.schedule",
    "goldthread.casework.contacts",
    "goldthread.casework.thread",
    "goldthread.casework.incidents",
    "goldthread.casework.intake",
    "goldthread.casework.discharge",
    "goldthread.casework.packages",
    "goldthread.casework.imports",
    "goldthread.access",
    "goldthread.doors",
]
"""The rooms from the ground up. A new room gets its line here and in pyproject.toml."""


def storey_of(model: type[Model]) -> int:
    module = model.__module__
    return next(number for number, room in enumerate(ORDER) if f"{module}.".startswith(f"{room}."))


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("goldthread.")]


def test_imports_go_down_only() -> None:
    """In a process of its own: the tool sets up logging for itself, and ours would say nothing from then on."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.both
def test_foreign_keys_go_down_only() -> None:
    keys = [field for model in ours() for field in model._meta.get_fields() if isinstance(field, ForeignKey)]
    inside = [key for key in keys if key.related_model.__module__.startswith("goldthread.")]
    assert len(inside) > 100
    assert [str(key) for key in inside if storey_of(key.related_model) > storey_of(key.model)] == []


def test_every_room_is_in_the_contract_of_the_foundation() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rooms = next(contract["layers"] for contract in contracts if contract["name"] == "Rooms of the foundation")
    folders = {f"goldthread.foundation.{path.parent.name}" for path in ROOT.glob("goldthread/foundation/*/__init__.py")}
    assert folders == set(rooms)
    assert set(ORDER) >= folders
