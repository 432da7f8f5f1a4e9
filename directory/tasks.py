"""What the worker does for people's files."""

from directory import services


def erase_old_files() -> None:
    """Erase the files that no organisation may keep any longer."""
    services.erase_old_files()
