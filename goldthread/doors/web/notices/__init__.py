"""The page of notices: what, who, when; a name only where the gate lets its reader see it."""
