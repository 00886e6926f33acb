"""Chromium for tests (a pytest plugin, loaded by conftest)."""
