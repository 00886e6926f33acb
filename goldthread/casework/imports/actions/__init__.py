"""What can be done with a file: begin, match, check, decide, bring in, take back."""
