"""The command line: prepare, worker, agency, backup, restore, audit, demo. Starts things; decides nothing."""
