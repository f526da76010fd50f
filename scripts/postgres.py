"""A PostgreSQL cluster for tests: fast and thrown away, never the machine's own."""

import json
import os
import shutil
import socket
import tempfile
from pathlib import Path

from .common import Command, output, run, say

OLDEST = 15
ROLE = "torv"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
ACCOUNT = "postgres"  # the system's user when this runs as root, whom PostgreSQL refuses


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL that is new enough."""
    folders = [Path(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]
    if folder := output(["pg_config", "--bindir"]):
        folders.append(Path(folder))
    found = {version(folder): folder for folder in folders if (folder / "initdb").is_file()}
    newest = max(found, default=0)
    return found[newest] if newest >= OLDEST else None


def version(folder: Path) -> int:
    """The major version, 0 where it cannot be told."""
    words = (output([folder / "postgres", "--version"]) or "").split()
    return int(words[2].split(".")[0]) if len(words) > 2 else 0


def as_owner(*command: str | Path) -> Command:
    """The command as the user who may own a cluster."""
    if os.geteuid() != 0:
        return list(command)
    return ["runuser", "-u", ACCOUNT, "--", "env", "--chdir=/", *command]


def running_port(folder: Path) -> int | None:
    """The port of the cluster recorded in `folder`, None when it does not run."""
    if (record := recorded(folder)) is None or (binaries := programs()) is None:
        return None
    data, port = record
    return port if output(as_owner(binaries / "pg_ctl", "status", "-D", data)) is not None else None


def recorded(folder: Path) -> tuple[Path, int] | None:
    record = folder / "postgres.json"
    if not record.is_file():
        return None
    values = json.loads(record.read_text(encoding="utf-8"))
    return Path(values["data"]), int(values["port"])


def data_folder(folder: Path) -> Path:
    """An empty folder that the owner of the cluster can reach: in `folder`, else in the system's."""
    inside = folder / "postgres"
    shutil.rmtree(inside, ignore_errors=True)
    inside.mkdir(parents=True, mode=0o700)
    if os.geteuid() != 0:
        return inside
    shutil.chown(inside, ACCOUNT)
    if output(as_owner("test", "-w", inside)) is not None:
        return inside
    inside.rmdir()
    outside = Path(tempfile.mkdtemp(prefix="torv-postgres-", dir="/var/tmp"))
    shutil.chown(outside, ACCOUNT)
    return outside


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path) -> int:
    """The port of the running cluster, made first where there is none."""
    if (port := running_port(folder)) is not None:
        return port
    if (binaries := programs()) is None:
        message = "No PostgreSQL is installed."
        raise RuntimeError(message)
    stop(folder)  # remains of one that died with its machine
    say("Starting PostgreSQL")
    data, port = data_folder(folder), free_port()
    initdb: Command = [binaries / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8"]
    run(as_owner(*initdb, "--locale=C.UTF-8", "--no-sync"), quiet=True)
    record = json.dumps({"data": str(data), "port": port})
    (folder / "postgres.json").write_text(record, encoding="utf-8")
    pg_ctl: Command = [binaries / "pg_ctl", "start", "--wait", "--silent", "-D", data, "-l", data / "log"]
    options = [f"-p {port}", *(f"-c {name}='{value}'" for name, value in SETTINGS.items())]
    run(as_owner(*pg_ctl, "-o", " ".join(options)))
    return port


def stop(folder: Path) -> None:
    """Stop the recorded cluster and remove its data."""
    if (record := recorded(folder)) is None:
        return
    data, _ = record
    if running_port(folder) is not None and (binaries := programs()) is not None:
        say("Stopping PostgreSQL")
        run(as_owner(binaries / "pg_ctl", "stop", "--silent", "--mode=fast", "-D", data), check=False)
    shutil.rmtree(data, ignore_errors=True)
    (folder / "postgres.json").unlink(missing_ok=True)
