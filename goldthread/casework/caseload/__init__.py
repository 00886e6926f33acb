"""Whose client is whose: assigning, covering, handing over, by dates. May import people and foundation."""
