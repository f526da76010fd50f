"""One step of a run, in a process of its own so that nothing is warm from another size."""

import sys

import django

IMPORT = "import_"  # before the number of rows
MEMORY = "memory_"  # before the number of entries


def main(step: str) -> None:
    django.setup()
    from . import imports, judged, listing, memory, saving, search

    if step == "clear":
        saving.clear()
        listing.clear()
    elif step == "relevance":
        judged.run()
    elif step == "compare":
        _end([*saving.compare(), *listing.compare()])
    elif step.startswith(MEMORY):
        _end(memory.run())
    elif step.startswith(IMPORT):
        _end(imports.run(int(step.removeprefix(IMPORT))))
    else:
        search.run(int(step))


def _end(missed: list[str]) -> None:
    print("\n".join(f"MISSED {line}" for line in missed))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main(sys.argv[1])
