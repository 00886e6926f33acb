"""``goldthread messages``: bring the catalogues of translations up to date with the source."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from goldthread.doors.command.preparing import compile_translations
from goldthread.foundation.ui import catalogue


class Command(BaseCommand):
    help = "Read the messages of Python files and templates into the catalogues; say what has no translation yet."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = catalogue.messages(settings.PACKAGE)
        languages = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        for language in languages:
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            fresh = catalogue.update(path, found)
            missing = catalogue.untranslated(fresh)
            self.stdout.write(f"{language}: {len(fresh)} messages, {len(missing)} without translation")
        compile_translations()
