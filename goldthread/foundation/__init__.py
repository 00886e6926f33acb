"""What everything stands on: who can sign in, who works here, the agency, files, the audit log, the look, plain functions."""
