"""Transfer packages: what goes to an agency elsewhere, of only what a signed release names, until the person was seen there.

May import discharge and the rooms below it in casework, people and the foundation.
"""
