"""How often one sender may ask the interface. Addresses are kept as keyed hashes, for the window alone."""

import re
import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import conf

_WRITTEN = re.compile(r"([1-9]\d*)/([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    count: int
    seconds: int


def parse(written: str) -> Rate | None:
    """`60/m`; None for "", which sets no limit. Raises ValueError for anything else."""
    if written == "":
        return None
    found = _WRITTEN.fullmatch(written)
    if found is None:
        message = f"{written!r} is no rate"
        raise ValueError(message)
    return Rate(int(found[1]), _SECONDS[found[2]])


def is_rate(written: str) -> bool:
    try:
        parse(written)
    except ValueError:
        return False
    return True


def seconds_to_wait(request: HttpRequest, name: str, written: str) -> int:
    """0 where the sender may ask now; `name` tells apart what is counted apart."""
    rate = parse(written)
    if rate is None:
        return 0
    now = time.time()
    window = int(now // rate.seconds)
    digest = salted_hmac(
        "search.rates", f"{name} {window} {network(request)}", algorithm="sha256"
    ).hexdigest()
    rest = max(1, int((window + 1) * rate.seconds - now) + 1)
    asked = _counted(f"torv-search-{digest}", rest)
    return 0 if asked <= rate.count else rest


def _counted(key: str, rest: int) -> int:
    """How often it was asked with this one; kept for the `rest` of the window, in seconds."""
    cache = caches[conf.current().api_cache]
    if cache.add(key, 1, rest):
        return 1
    try:
        asked = cache.incr(key)
    except ValueError:  # it expired just now
        return 1
    cache.touch(key, rest)  # a database cache counts, and forgets when its entry was to expire
    return asked


def network(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the network, which is what one household or hall has."""
    header = conf.current().api_address_header
    # The last proxy writes last; what stands before it the sender may have made up.
    given = (request.META.get(header, "") if header else "").split(",")[-1].strip()
    try:
        parsed = ip_address(given or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    # A proxy that listens on both writes IPv4 as IPv6; all of those would be one network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)
