"""Who tries to log in, for django-axes."""

from django.http import HttpRequest

from cms_blocks.public_forms import network


def address(request: HttpRequest) -> str | None:
    """The sender's address as public forms count it; of IPv6 the first of the network. None if unknown."""
    found = network(request)
    return None if found == "unknown" else found.removesuffix("/64")
