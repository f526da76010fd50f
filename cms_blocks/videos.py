"""Videos kept elsewhere: whose player shows which address, and whether the site allows it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import conf


@dataclass(frozen=True, kw_only=True)
class Provider:
    """`address` finds the video's `id` in the address that editors copy; `player` is what is shown."""

    company: str
    address: re.Pattern[str]
    player: str


PROVIDERS = (
    Provider(
        company="Google (YouTube)",
        address=re.compile(
            r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)"
            r"|youtu\.be/)(?P<id>[\w-]{11})(?![\w-])"
        ),
        player="https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
    ),
    Provider(
        company="Vimeo",
        address=re.compile(r"https://(?:(?:www\.)?vimeo\.com/|player\.vimeo\.com/video/)(?P<id>\d+)"),
        player="https://player.vimeo.com/video/{id}?dnt=1&autoplay=1",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Player:
    """`company` is who gets the reader's data when `url` is loaded from `host`."""

    url: str
    host: str
    company: str

    @property
    def source(self) -> str:
        """As the content security policy names it."""
        return f"https://{self.host}"


def player_of(address: str) -> Player | None:
    """The player of a video; None where its host is not among `VIDEO_HOSTS`.

    A host of the municipality's own is no provider: there the address is the player's already.
    """
    for provider in PROVIDERS:
        if found := provider.address.match(address):
            return _allowed(provider.player.format(id=found["id"]), provider.company)
    return _allowed(address, host_of(address))


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as half an IPv6 address
        return ""


def _allowed(url: str, company: str) -> Player | None:
    host = host_of(url)
    if not url.startswith("https://") or host not in conf.current().video_hosts:
        return None
    return Player(url=url, host=host, company=company)
