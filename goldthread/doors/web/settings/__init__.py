"""Setting up the agency: profile, calendar, sites, teams, staff and roles, hand-over, background jobs. Shows no client content."""
