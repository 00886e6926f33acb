"""The subcommands of ``goldthread programs``, a module each."""
