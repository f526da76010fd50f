"""What a setting names by its dotted path."""

from typing import Any

from django.utils.module_loading import import_string


def imported(path: object) -> Any:
    """Raises ImportError for whatever else is written there, too, so that a check can say so."""
    if not isinstance(path, str) or not all(part.isidentifier() for part in path.split(".")):
        message = f"{path!r} is no dotted path"
        raise ImportError(message)
    return import_string(path)
