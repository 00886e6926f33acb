"""Which branches of rules, actions and access the tests take: a pytest plugin for ``./test --full``, named by PYTEST_PLUGINS.

Each process counts for itself, from before Django loads the product until the run ends. What is counted stands in pyproject.toml,
``COVERAGE_FILE`` says where each process writes.
"""

import coverage

_counting = coverage.Coverage(data_suffix=True)
_counting.start()


def pytest_unconfigure() -> None:
    """The last hook of a process."""
    _counting.stop()
    _counting.save()
