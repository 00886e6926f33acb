"""What goes wrong with archives."""


class ArchiveError(Exception):
    """An archive cannot be made or taken in. The message says what to do."""


def damaged(what: str) -> ArchiveError:
    """The archive is not as it was made."""
    return ArchiveError(f"The archive is damaged: {what}. Nothing was imported.")
