"""What is said of a settings dictionary as a whole: that it is one, and has no key that is never read."""

import difflib
from collections.abc import Iterable, Sequence

from django.core.checks import CheckMessage, Error


def not_a_dictionary(name: str, *, id: str) -> CheckMessage:  # noqa: A002 - Django's own name
    return Error(f"{name} is no dictionary, so none of it is read.", hint=f"Write {name} = {{}}.", id=id)


def unknown_keys(
    name: str,
    written: Iterable[object],
    known: Sequence[str],
    *,
    id: str,  # noqa: A002
) -> list[CheckMessage]:
    """Keys are capitals: another spelling of a known one is unknown too, and its hint names that one."""
    return [
        Error(f"{name} has no key {key!r}; it is ignored.", hint=_hint(str(key), known), id=id)
        for key in written
        if key not in known
    ]


def _hint(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key.upper(), known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(known)}."
