"""Elasticsearch nodes for tests: the official server of two majors, on this machine alone, thrown away after.

The server comes from Maven Central as a zip of its core modules, without Java. It refuses to run as root.
"""

import json
import os
import re
import shutil
import signal
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .common import VAR, Command, run, say
from .postgres import free_port

ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
DOWNLOADS = VAR / "downloads"
#: Major version -> the server's version and the oldest Java it runs on.
SERVERS = {8: ("8.19.5", 17), 9: ("9.5.2", 21)}
ACCOUNT = "nobody"  # the system's user when this runs as root, whom Elasticsearch refuses
HEAP = "512m"
LONGEST_START = 120  # seconds
JAVA_FOLDERS = ("/usr/lib/jvm/*", "/opt/*jdk*", "/opt/java/*", "~/.sdkman/candidates/java/*", "~/.jdks/*")


@dataclass(frozen=True)
class Node:
    """A node that was started: where its files lie (`home`), and where it answers."""

    major: int
    home: str
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process, None when it does not run."""
        try:
            pid = int((Path(self.home) / "pid").read_text(encoding="utf-8"))
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (OSError, ValueError):
            return None
        return None if state == "Z" else pid

    def signal(self, number: int) -> None:
        """Send the process a signal, such as SIGKILL, SIGSTOP and SIGCONT; nothing where it does not run."""
        if (pid := self.pid) is not None:
            os.kill(pid, number)

    def kill(self) -> None:
        """End the process at once, as a crash would; its data stay."""
        self.signal(signal.SIGKILL)
        while self.pid is not None:
            time.sleep(0.05)

    def remove(self) -> None:
        """End the process and forget all that it stored."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def java_home(oldest: int, given: str = "") -> Path | None:
    """A whole Java of that version, else the next newer one: the folder given, or one of this machine's."""
    folders = [Path(given)] if given else list(_java_folders())
    found = {version: folder for folder in folders if (version := java_version(folder)) >= oldest}
    return found[min(found)] if found else None


def _java_folders() -> Iterator[Path]:
    for pattern in JAVA_FOLDERS:
        place = Path(pattern).expanduser()
        yield from place.parent.glob(place.name)
    if java := shutil.which("java"):
        yield Path(java).resolve().parent.parent


def java_version(home: Path) -> int:
    """The major version, 0 where there is no Java."""
    try:
        release = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release, flags=re.MULTILINE)
    return int(found[1]) if found and (home / "bin" / "java").is_file() else 0


def java_for(major: int) -> Path | None:
    """The Java for that server. `JAVA21_HOME` names one for the newer; it goes before what is found."""
    oldest = SERVERS[major][1]
    return java_home(oldest, os.environ.get("JAVA21_HOME", "") if oldest > 17 else "")


def download(major: int) -> Path | None:
    """The server's zip, fetched once; None where it cannot be had."""
    version = SERVERS[major][0]
    target = DOWNLOADS / f"elasticsearch-{version}.zip"
    if target.is_file():
        return target
    if shutil.which("mvn") is None:
        return None
    say(f"Fetching Elasticsearch {version}")
    command: Command = ["mvn", "--quiet", "--batch-mode", "dependency:copy"]
    command += [f"-Dartifact={ARTIFACT.format(version=version)}", f"-DoutputDirectory={DOWNLOADS}"]
    run(command, check=False, quiet=True)
    return target if target.is_file() else None


def start(major: int) -> Node:
    """A fresh node of that major; call `download` and `java_for` first. Raises RuntimeError with its log."""
    archive, java = download(major), java_for(major)
    if archive is None or java is None:
        message = f"Elasticsearch {major} or its Java is missing."
        raise RuntimeError(message)
    home = Path(tempfile.mkdtemp(prefix=f"torv-elasticsearch-{major}-", dir="/var/tmp"))
    node = Node(major=major, home=str(home), port=free_port())
    _unpack(archive, home)
    _configure(node)
    if os.geteuid() == 0:
        run(["chown", "-R", ACCOUNT, home])
    launch(node, java)
    return node


def launch(node: Node, java: Path | None = None) -> None:
    """Start the node's process, for the first time or again on the data it has, and wait until it answers."""
    home = Path(node.home)
    command: Command = ["env", "--chdir=/", f"ES_JAVA_HOME={java or java_for(node.major)}"]
    command += [f"ES_JAVA_OPTS=-Xms{HEAP} -Xmx{HEAP}", home / "server" / "bin" / "elasticsearch"]
    command += ["--daemonize", "--pidfile", home / "pid"]
    if os.geteuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    run(command, check=False, quiet=True)
    deadline = time.monotonic() + LONGEST_START
    while not answers(node):
        if time.monotonic() > deadline or node.pid is None:
            raise RuntimeError(_end_of_log(node))
        time.sleep(0.2)


def answers(node: Node) -> bool:
    address = f"{node.url}/_cluster/health?wait_for_status=yellow&timeout=5s"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - this machine's own
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _unpack(archive: Path, home: Path) -> None:
    with zipfile.ZipFile(archive) as content:
        content.extractall(home)
    next(home.glob("elasticsearch-*")).rename(home / "server")
    for program in (home / "server" / "bin").iterdir():
        program.chmod(0o755)


def _configure(node: Node) -> None:
    settings = {
        "cluster.name": f"torv-{node.port}",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": node.port,
        "transport.port": free_port(),
        "path.data": f"{node.home}/data",
        "path.logs": f"{node.home}/logs",
        "xpack.security.enabled": False,
        "ingest.geoip.downloader.enabled": None,
        "action.destructive_requires_name": True,
        # A machine that is nearly full must not make the tests' indexes read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items() if value is not None]
    config = Path(node.home) / "server" / "config" / "elasticsearch.yml"
    config.parent.mkdir(exist_ok=True)
    config.write_text("".join(lines), encoding="utf-8")


def _end_of_log(node: Node) -> str:
    logs = sorted((Path(node.home) / "logs").glob("*.log"))
    text = logs[0].read_text(encoding="utf-8", errors="replace") if logs else "it wrote no log"
    return f"Elasticsearch {node.major} did not start: {text[-2000:]}"


# -- the nodes that `make services` keeps


def recorded(folder: Path, major: int) -> Node | None:
    """The node that was recorded, if it still runs."""
    record = folder / f"elasticsearch-{major}.json"
    if not record.is_file():
        return None
    node = Node(**json.loads(record.read_text(encoding="utf-8")))
    return node if node.pid is not None else None


def ensure(folder: Path, major: int) -> Node:
    """The recorded node, started first where there is none."""
    if (node := recorded(folder, major)) is not None:
        return node
    stop(folder, major)
    say(f"Starting Elasticsearch {SERVERS[major][0]}")
    node = start(major)
    record = folder / f"elasticsearch-{major}.json"
    record.write_text(json.dumps(asdict(node)), encoding="utf-8")
    return node


def stop(folder: Path, major: int) -> None:
    """Stop the recorded node and remove its data."""
    record = folder / f"elasticsearch-{major}.json"
    if not record.is_file():
        return
    node = Node(**json.loads(record.read_text(encoding="utf-8")))
    say(f"Stopping Elasticsearch {major}")
    node.remove()
    record.unlink(missing_ok=True)
