"""The front door and one's own account: sign-in, second step, password, sessions, first run.

Wraps the views of django-allauth, which holds the flows; what is asked of them is in settings (*Sign-in*).
"""
