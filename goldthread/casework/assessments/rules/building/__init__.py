"""Building an instrument: its JSON read as what a form shows, and what a form says written back into the JSON. Pure.

Only what changed is written. So what a Questionnaire holds that the builder does not know stays as it came.
"""
