"""Accounts: who can sign in, their password, sessions and invitations. Knows nothing of roles or of clients.

May import: lib, ui, tenancy, audit, files.
"""
