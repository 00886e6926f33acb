"""The pages of enrolment: a client's programs, transfer and hand-over, pause, discharge, and cover for days away."""
