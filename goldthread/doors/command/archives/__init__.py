"""The archive of one agency: everything that is its own, in one file that loads on either database.

A zip, stored without compression so that equal content has equal bytes whatever wrote it: ``rows/APP.MODEL.jsonl`` (a row a
line, by primary key; models after those that they point to), ``files/`` (kept files, encrypted as they lie on disk),
``manifest.json`` (migrations, counts, SHA-256 of each part) and ``keys.json`` (the agency's keys, wrapped with a passphrase
or a key file). No time, no name of a schema, a host or a database is in it: exporting what was imported gives the same bytes.
"""
