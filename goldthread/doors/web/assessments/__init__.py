"""Assessments: what was asked of a client, the sheet on which it is answered, what it came to, charts."""
