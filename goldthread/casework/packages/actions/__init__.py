"""Releases are read, packages made, frozen, handed over and asked after. Whoever calls has asked the gate."""
