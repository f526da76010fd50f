"""The servers and the browser that tests meet: `python -m scripts.services start|stop|status`.

PostgreSQL runs as a cluster of Torv's own, on a free port and without a password, reachable from this
machine alone; stopping it removes it. So does one node each of Elasticsearch 8 and 9. What tests need to
know lies in var/services/env (KEY=VALUE lines).
"""

import os
import shutil
import sys
from collections.abc import Callable
from ctypes.util import find_library
from functools import cache, partial

from . import elasticsearch, postgres
from .common import VAR, output, run, say

FOLDER = VAR / "services"
ENVIRONMENT = FOLDER / "env"
CHROMIUMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")


def environment() -> dict[str, str]:
    """What `start` found and started, as environment variables; empty before."""
    if not ENVIRONMENT.is_file():
        return {}
    lines = ENVIRONMENT.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def chromium() -> str | None:
    """The browser's program: TORV_CHROMIUM, else what the machine has."""
    given = os.environ.get("TORV_CHROMIUM")
    names = (given,) if given else CHROMIUMS
    return next((path for name in names if (path := shutil.which(name))), None)


def administrator() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None where neither works."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if output(["sudo", "-n", "true"]) is not None else None


@cache
def apt_get() -> list[str] | None:
    """How packages are installed here, after one look at the newest lists; None where that cannot be."""
    prefix = administrator()
    if shutil.which("apt-get") is None or prefix is None:
        return None
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    run([*command, "update"], check=False, quiet=True)
    return command


def apt_install(package: str) -> str | None:
    """Install one Debian package; the reason when that cannot be done."""
    if (apt := apt_get()) is None:
        return f"install the Debian package {package} (or its like), or run `make services` as root"
    say(f"Installing the Debian package {package}")
    command = [*apt, "install", "--no-install-recommends", package]
    return f"apt-get could not install {package}" if run(command, check=False, quiet=True) else None


def need(found: Callable[[], object], package: str) -> str | None:
    """The reason why something is missing after the attempt to install it, None when it is there."""
    if found():
        return None
    reason = apt_install(package)
    return reason or (None if found() else f"the package {package} did not bring what it should")


def start_chromium() -> str | None:
    if reason := need(chromium, "chromium"):
        return reason
    remember(TORV_CHROMIUM=str(chromium()))
    return None


def start_pango() -> str | None:
    """What PDF files are made with; a library, so there is nothing to start."""
    return need(partial(find_library, "pangoft2-1.0"), "libpangoft2-1.0-0") or need(
        partial(find_library, "harfbuzz-subset"), "libharfbuzz-subset0"
    )


def start_postgres() -> str | None:
    """Use the server that PGHOST names, else start one."""
    if os.environ.get("PGHOST"):
        return None
    reason = need(postgres.programs, "postgresql")
    if reason is None:
        port = postgres.start(FOLDER)
        remember(PGHOST="127.0.0.1", PGPORT=str(port), PGUSER=postgres.ROLE)
    return reason


def start_elasticsearch(major: int) -> str | None:
    """Use the server that TORV_ELASTICSEARCH_8 (or _9) names, else start a node."""
    name = f"TORV_ELASTICSEARCH_{major}"
    if os.environ.get(name) and not environment().get(name):
        return None
    if reason := need_java(major):
        return reason
    if elasticsearch.download(major) is None and (reason := need_download(major)):
        return reason
    try:
        node = elasticsearch.ensure(FOLDER, major)
    except RuntimeError as error:
        return str(error)
    remember(**{name: node.url})
    return None


def need_java(major: int) -> str | None:
    oldest = elasticsearch.SERVERS[major][1]
    if oldest == 17:
        return need(partial(elasticsearch.java_for, major), "openjdk-17-jre-headless")
    if elasticsearch.java_for(major):
        return None
    return f"no whole Java {oldest} or newer is on this machine; name one's folder in JAVA21_HOME"


def need_download(major: int) -> str | None:
    if reason := need(partial(shutil.which, "mvn"), "maven"):
        return reason
    return None if elasticsearch.download(major) else "the server could not be fetched from Maven Central"


#: Each gives the reason why its service is missing, None when it is there.
STARTERS: dict[str, Callable[[], str | None]] = {
    "PostgreSQL": start_postgres,
    "Chromium": start_chromium,
    "Pango": start_pango,
    "Elasticsearch 8": partial(start_elasticsearch, 8),
    "Elasticsearch 9": partial(start_elasticsearch, 9),
}


def remember(**values: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}={value}\n" for key, value in sorted({**environment(), **values}.items())]
    ENVIRONMENT.write_text("".join(lines), encoding="utf-8")


def start() -> dict[str, str]:
    """Start what is not running; the reasons for what is missing, by name."""
    missing = {}
    for name, starter in STARTERS.items():
        if reason := starter():
            missing[name] = reason
            say(f"{name}: missing; {reason}")
    status()
    return missing


def stop() -> None:
    """Stop and forget what `start` started; nothing else is touched."""
    postgres.stop(FOLDER)
    for major in elasticsearch.SERVERS:
        elasticsearch.stop(FOLDER, major)
    ENVIRONMENT.unlink(missing_ok=True)


def status() -> None:
    port = postgres.running_port(FOLDER)
    elsewhere = os.environ.get("PGHOST")
    where = f"at {elsewhere} (PGHOST)" if elsewhere else f"on port {port}" if port else "not running"
    say(f"PostgreSQL: {where}", f"Chromium: {chromium() or 'missing'}")
    for major, (version, _java) in elasticsearch.SERVERS.items():
        node = elasticsearch.recorded(FOLDER, major)
        given = os.environ.get(f"TORV_ELASTICSEARCH_{major}")
        say(f"Elasticsearch {version}: {(node.url if node else given) or 'not running'}")


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            return 1 if start() else 0
        case ["stop"]:
            stop()
        case ["status"]:
            status()
        case _:
            say(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
