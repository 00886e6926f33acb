"""``goldthread COMMAND``: the product's command line (Django's management commands under the product's name)."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command. ``goldthread help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.settings")
    execute_from_command_line(["goldthread", *sys.argv[1:]])


if __name__ == "__main__":
    main()
