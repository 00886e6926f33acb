"""What is done here: merge, take it back, remember that two are not one, compare all."""
