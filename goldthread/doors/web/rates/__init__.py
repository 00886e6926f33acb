"""The rates of the programs: how much of what the rules ask for was done, over all clients in reach."""
