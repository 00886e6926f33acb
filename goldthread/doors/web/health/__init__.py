"""Is this installation well? For machines that watch it."""
