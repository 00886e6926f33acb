"""The requirement engine: what an episode's history means under its program's rules. Pure: no database, no clock."""
