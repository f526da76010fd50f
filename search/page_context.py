"""What a host's content adds to the page of the site search: values for the frame around the list."""

from collections.abc import Callable, Mapping
from typing import Any

from .query import Query

Provider = Callable[[Query], Mapping[str, Any]]

_providers: dict[str, Provider] = {}


def register_context(name: str, provider: Provider) -> None:
    """`provider` is asked for each page; what it gives is for the template. One of each `name`."""
    _providers[name] = provider


def added(query: Query) -> dict[str, Any]:
    """What all of them give, the later ones before the earlier."""
    return {key: value for provider in _providers.values() for key, value in provider(query).items()}
