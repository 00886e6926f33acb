"""The people themselves, whatever the agency does for them. May import the foundation."""
