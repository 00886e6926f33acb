"""The page behind an invitation link: set a password, once, and be signed in."""
