"""What the agency offers, as data: programs, their templates and the versions in force by date. May import agency and below."""
