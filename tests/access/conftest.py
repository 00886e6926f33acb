from tests.access.seats import kept_world, world

__all__ = ["kept_world", "world"]
