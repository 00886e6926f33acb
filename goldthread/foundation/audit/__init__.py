"""Who did or saw what, when: rows that are only ever added, and a sealer that chains them. Imports only foundation/lib."""
