"""Signing, and what may follow a signature."""
