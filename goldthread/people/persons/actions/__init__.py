"""What can be done to a person's record, one module a section.

The same shape everywhere: ``add_x(person=, values=, by=, form_id=)``, ``edit_x(row=, version_seen=, values=, by=)`` and
``end_x(row=, ends_on=, by=, reason=)``; *version_seen* is the person's version when the form was opened.
"""
