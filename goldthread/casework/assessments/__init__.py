"""Instruments and assessments: asked, answered, scored, signed. May import skills, caseload and below, and facts."""
