"""Two records of one person made one, side by side, with everything that hangs on them; taken back within 90 days; and pairs
that are known to be two people. May import the rooms below it; what rooms above hang on a person it knows from their models."""
