"""The papers of a client: uploaded, looked at, renewed, removed."""
