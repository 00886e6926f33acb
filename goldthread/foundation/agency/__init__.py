"""The agency itself: its profile, the days it works, its sites and teams. Imports nothing above the foundation."""
