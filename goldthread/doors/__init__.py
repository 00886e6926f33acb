"""The ways in: screens, jobs, the command line, the demo. Here the clock is read and the gate is asked; nothing imports doors."""
