"""The demo municipality in a browser: `python -m scripts.demo`. PORT names the port, else it is 8000."""

import os
import socket

from . import assets, environment, translations
from .common import PYTHON, say, stop

DEFAULT_PORT = "8000"


def wanted_port() -> int:
    given = os.environ.get("PORT") or DEFAULT_PORT
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        stop(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def refuse_taken(port: int) -> None:
    """End with a way out when something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            stop(f"Port {port} may be used by the administrator alone. Try: make demo PORT=8000")
        except OSError:
            stop(f"Port {port} is taken. Choose another: make demo PORT={port % 65535 + 1}")


def main() -> None:
    port = wanted_port()
    refuse_taken(port)
    environment.ensure(environment.RUNTIME)
    assets.ensure()
    translations.ensure()
    command = [PYTHON, "-m", "scripts.demo_site", str(port)]
    try:
        os.execv(PYTHON, [str(part) for part in command])  # noqa: S606 - our own interpreter; Ctrl+C reaches it alone
    except OSError as error:
        say(f"Could not start {PYTHON}: {error}")


if __name__ == "__main__":
    main()
