"""Everything that is checked before a change is shared: `python -m scripts.suite [STAGE …]`.

The first stage that fails ends it. In CI (CI=true) a missing service is a failure; at a desk the tests
that need it are skipped, and the last lines say so.
"""

import os
import sys
import time
from collections.abc import Callable

from . import assets, environment, services, translations
from .common import BIN, PYTHON, Command, in_ci, run, say, stop

TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "reference.settings.test"}
FOLDERS_OF_PACKAGES = {"PYTHONPATH": os.pathsep.join([".", "site"])}
CODE = ["cms_blocks", "directory", "search", "site/reference", "site/demo", "scripts"]
#: Two workers; each begins with a half, so that files stay together, and helps the other at the end.
SIDE_BY_SIDE = ["-n", "2", "--dist", "worksteal"]
ON_POSTGRES = ["tests/search", "tests/directory", "tests/cms_blocks"]

skipped: list[str] = []
#: Stages of this run.
asked: list[str] = []


def install() -> None:
    environment.ensure(environment.TESTS)


def start_services() -> None:
    """What is missing ends the run in CI, and at a desk is named in the last lines."""
    for name, reason in services.start().items():
        if in_ci:
            stop(f"{name} is missing: {reason}")
        skipped.append(f"{name}: {reason}")
    os.environ.update(services.environment())


def lint() -> None:
    run([BIN / "ruff", "check", "."])
    run([BIN / "ruff", "format", "--check", "."])


def types() -> None:
    run([BIN / "mypy", *CODE], environment=FOLDERS_OF_PACKAGES)
    call, paths = assets.npm()
    run([*call, "run", "--silent", "typecheck"], environment=paths)


def imports() -> None:
    run([BIN / "lint-imports"], environment=FOLDERS_OF_PACKAGES)


def migrations() -> None:
    run([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], environment=TEST_SETTINGS)


def messages() -> None:
    run([PYTHON, "-m", "scripts.messages", "check"])
    run([PYTHON, "-m", "scripts.wagtail_texts", "check"])


def tests() -> None:
    follows = bool(os.environ.get("PGHOST")) and "postgres" in asked
    run([BIN / "pytest", *SIDE_BY_SIDE], environment={"TORV_TEST_POSTGRES_FOLLOWS": "1"} if follows else {})


def tests_on_postgres() -> None:
    if not os.environ.get("PGHOST"):
        say("Skipped: PostgreSQL is missing.")
        return
    command: Command = [BIN / "pytest", *SIDE_BY_SIDE, "-m", "not browser and not install", *ON_POSTGRES]
    run(command, environment={"TORV_TEST_DATABASE": "postgres"})


STAGES: dict[str, tuple[str, Callable[[], None]]] = {
    "install": ("Requirements", install),
    "assets": ("Assets", assets.ensure),
    "compile": ("Translations compiled", translations.ensure),
    "services": ("Services", start_services),
    "lint": ("Style (ruff)", lint),
    "types": ("Types (mypy, TypeScript)", types),
    "imports": ("Imports go one way (import-linter)", imports),
    "migrations": ("Migrations match the models", migrations),
    "messages": ("Translations complete", messages),
    "tests": ("Tests on SQLite", tests),
    "postgres": ("Tests on PostgreSQL", tests_on_postgres),
}


def go_through(names: list[str]) -> None:
    for name in names:
        title, stage = STAGES[name]
        say("", f"=== {title}")
        started = time.monotonic()
        stage()
        say(f"--- {title}: {time.monotonic() - started:.0f} s")


def main(arguments: list[str]) -> None:
    if unknown := set(arguments) - set(STAGES):
        stop(f"No such stage: {', '.join(sorted(unknown))}. There are: {', '.join(STAGES)}.")
    was_running = bool(services.environment())
    started = time.monotonic()
    os.environ.update(services.environment())
    asked.extend(arguments or STAGES)
    try:
        go_through(asked)
    finally:
        if not was_running:
            services.stop()
    say("", f"All stages passed in {time.monotonic() - started:.0f} s.")
    say(*(f"Skipped the tests that need {line}" for line in skipped))


if __name__ == "__main__":
    main(sys.argv[1:])
