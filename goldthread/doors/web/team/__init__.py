"""The supervisor's page: load, lateness and silence, a row a worker; each number opens what it counts."""
