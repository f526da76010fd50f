"""What a block's preview shows, in the editor's language."""

from typing import Any

from django.utils.functional import Promise


class Sample:
    """For `preview_value`: its lazy texts are put into words when a preview is made."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self) -> Any:
        return _in_words(self.value)


def _in_words(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {name: _in_words(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_words(inner) for inner in value]
    return value
