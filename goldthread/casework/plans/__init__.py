"""Person-centred plans: goals, objectives, steps, services, signatures, versions. May import needs and below."""
