"""`python -m bench [--sizes 2000,20000] [--databases sqlite,postgres]`: each size in a process of its own."""

import argparse
import os
import subprocess
import sys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Search beside its rivals.")
    parser.add_argument("--sizes", default="2000,20000,100000", help="numbers of entries, by comma")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    failed = False
    for database in arguments.databases.split(","):
        if database == "postgres" and "PGPORT" not in os.environ:
            print("PostgreSQL: skipped, no PGPORT; `make services` starts a server.")
            continue
        for step in ("clear", *map(str, sizes), "compare"):
            failed |= _step(database, step)
    sys.exit(1 if failed else 0)


def _step(database: str, step: str) -> bool:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "TORV_TEST_DATABASE": database,
        "TORV_BENCH_SIZE": step if step.isdigit() else "0",
        "PYTHONPATH": os.pathsep.join([".", "site"]),
    }
    return (
        subprocess.run([sys.executable, "-m", "bench.step", step], env=environment, check=False).returncode
        != 0
    )


if __name__ == "__main__":
    main()
