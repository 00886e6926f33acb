"""The thread on the screen: of one client, and where threads are broken in a caseload or a program."""
