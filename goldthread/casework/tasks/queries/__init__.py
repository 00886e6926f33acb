"""Reading tasks and where requirements stand."""
