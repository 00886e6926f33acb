"""The command line: prepare, worker, agency, backup, restore, keys, audit, demo. Starts things; decides nothing."""
