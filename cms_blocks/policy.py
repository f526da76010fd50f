"""Opens the content security policy of one page for what its blocks may load after a reader's click.

Works with django-csp; a site without it has no policy to open.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

#: Where a request keeps what the blocks of its page ask for: directive -> sources.
_ASKED = "_torv_policy"
#: Where django-csp's middleware looks; its decorators write there too.
_UPDATE = "_csp_update"


def allow(request: HttpRequest | None, directive: str, source: str) -> None:
    """For the page that is being rendered: `allow(request, "frame-src", "https://video.example")`."""
    if request is None:
        return
    wanted: dict[str, list[str]] = request.__dict__.setdefault(_ASKED, {})
    sources = wanted.setdefault(directive, [])
    if source not in sources:
        sources.append(source)


def asked(request: HttpRequest) -> dict[str, list[str]]:
    """What was asked for so far: directive -> sources."""
    return dict(request.__dict__.get(_ASKED, {}))


def widen_policy(next_serve_page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For Wagtail's hook `on_serve_page`: what was asked for is known once the page is rendered."""

    def serve(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        response = next_serve_page(page, request, args, kwargs)
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(partial(_widen, request))
        return response

    return serve


def _widen(request: HttpRequest, response: HttpResponse) -> None:
    wanted = asked(request)
    if not wanted:
        return
    update = dict(getattr(response, _UPDATE, {}))
    for directive, sources in wanted.items():
        update[directive] = [*update.get(directive, []), *sources]
    setattr(response, _UPDATE, update)
