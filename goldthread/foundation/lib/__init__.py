"""Plain functions that any room may use: ids, dates, names, keys, encryption, jobs. Imports nothing of Goldthread."""
