"""`python -m bench [--sizes 2000,20000] [--databases sqlite,postgres]`: each size in a process of its own."""

import argparse
import os
import subprocess
import sys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Search beside its rivals; imports.")
    parser.add_argument("--sizes", default="2000,20000,100000", help="numbers of entries, by comma")
    parser.add_argument("--imports", default="2000,50000", help="numbers of rows of the imports, by comma")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--no-relevance", action="store_true", help="leave out the judged queries")
    arguments = parser.parse_args()
    steps = ["clear", *arguments.sizes.split(","), "compare"] if arguments.sizes else []
    steps += [f"import_{size}" for size in filter(None, arguments.imports.split(","))]
    steps += [] if arguments.no_relevance else ["relevance"]
    failed = False
    for database in arguments.databases.split(","):
        if database == "postgres" and "PGPORT" not in os.environ:
            print("PostgreSQL: skipped, no PGPORT; `make services` starts a server.")
            continue
        for step in steps:
            failed |= _step(database, step)
    sys.exit(1 if failed else 0)


def _step(database: str, step: str) -> bool:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "TORV_TEST_DATABASE": database,
        "TORV_BENCH_SIZE": "0" if step in ("clear", "compare", "relevance") else step,
        "PYTHONPATH": os.pathsep.join([".", "site"]),
    }
    return (
        subprocess.run([sys.executable, "-m", "bench.step", step], env=environment, check=False).returncode
        != 0
    )


if __name__ == "__main__":
    main()
