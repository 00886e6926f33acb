"""The subcommands of ``goldthread instruments``."""
