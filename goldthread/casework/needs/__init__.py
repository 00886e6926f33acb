"""Needs: what an assessment or the person brought up, in one life domain. May import assessments and below."""
