"""The work with clients. May import people and the foundation."""
