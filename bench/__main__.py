"""`python -m bench [--sizes 2000,20000] [--databases sqlite,postgres] [--parts …]`, steps are processes."""

import argparse
import os
import subprocess
import sys
import time
from argparse import Namespace

#: What is measured at each size, with about the minutes it takes at 20,000 entries on one database.
PARTS = {
    "building": "analysis of words, and the rebuild beside raw writing (1)",
    "search": "first page and four facets, beside stock Wagtail search and SQL by hand (2)",
    "list": "the filtered list, the directory page, saving one entry (1)",
    "suggest": "suggestions while somebody types (1)",
    "elasticsearch": "Torv on Elasticsearch 8 and 9 beside the bare request (2)",
    "queries": "10,000 queries of any kind on each engine, at one size (10)",
    "memory": "how much a web process grows (1)",
}
_EPILOG = """
parts:
%s

Filling a size's database takes a minute at 20,000 entries, five at 100,000. Everything takes about an hour
on two cores with nothing else to do: 2,000 entries 3 minutes, 20,000 a quarter of an hour and 100,000 ten
minutes on each database, the imports and the judged queries ten.

examples:
  python -m bench --sizes 20000 --databases sqlite --parts search,suggest
  python -m bench --sizes 20000 --databases sqlite --parts elasticsearch --keep    (the database of last time)
  python -m bench --sizes "" --no-relevance                                        (the imports alone)
"""


def main() -> None:
    arguments = _arguments()
    sizes = [size for size in arguments.sizes.split(",") if size]
    imports = [f"import_{size}" for size in arguments.imports.split(",") if size]
    started, failed = time.monotonic(), False
    for database in arguments.databases.split(","):
        if database == "postgres" and "PGPORT" not in os.environ:
            print("PostgreSQL: skipped, no PGPORT; `make services` starts a server.")
            continue
        for step in [*_sized(sizes, arguments), *imports, *([] if arguments.no_relevance else ["relevance"])]:
            failed |= _step(database, step, arguments)
    minutes = (time.monotonic() - started) / 60
    print(f"{minutes:.0f} minutes, {'something was missed' if failed else 'all held'}.")
    sys.exit(1 if failed else 0)


def _arguments() -> Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Search beside its rivals; imports; judged queries.",
        epilog=_EPILOG % "\n".join(f"  {name:15}{text}" for name, text in PARTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", default="2000,20000,100000", help="numbers of entries, by comma")
    parser.add_argument("--parts", default=",".join(PARTS), type=_parts, help="what is measured, by comma")
    parser.add_argument("--queries", default=10_000, type=int, help="how many queries of any kind")
    parser.add_argument("--queries-at", default="20000", help="the size at which they are asked")
    parser.add_argument(
        "--keep", action="store_true", help="measure on databases that a run before has filled"
    )
    parser.add_argument("--imports", default="2000,50000", help="numbers of rows of the imports, by comma")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--no-relevance", action="store_true", help="leave out the judged queries")
    return parser.parse_args()


def _parts(text: str) -> str:
    if unknown := set(text.split(",")) - PARTS.keys():
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}")
    return text


def _sized(sizes: list[str], arguments: Namespace) -> list[str]:
    """Figures of several sizes are compared at the end."""
    parts = arguments.parts.split(",")
    memory = [f"memory_{sizes[-1]}"] if sizes and "memory" in parts else []
    if "list" not in parts or not sizes:
        return [*sizes, *memory]
    return ["clear", *sizes, *memory, "compare"]


def _step(database: str, step: str, arguments: Namespace) -> bool:
    asked = (
        arguments.queries if "queries" in arguments.parts.split(",") and step == arguments.queries_at else 0
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "TORV_TEST_DATABASE": database,
        "TORV_BENCH_SIZE": "0" if step in ("clear", "compare", "relevance") else step.removeprefix("memory_"),
        "TORV_BENCH_PARTS": arguments.parts,
        "TORV_BENCH_QUERIES": str(asked),
        "TORV_BENCH_KEEP": "1" if arguments.keep else "",
        "PYTHONPATH": os.pathsep.join([".", "site"]),
    }
    command = [sys.executable, "-m", "bench.step", step]
    return subprocess.run(command, env=environment, check=False).returncode != 0


if __name__ == "__main__":
    main()
