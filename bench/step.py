"""One step of a run, in a process of its own so that nothing is warm from another size."""

import sys

import django


def main(step: str) -> None:
    django.setup()
    from . import saving, search

    if step == "clear":
        saving.clear()
    elif step == "compare":
        missed = saving.compare()
        print("\n".join(f"MISSED {line}" for line in missed))
        sys.exit(1 if missed else 0)
    else:
        search.run(int(step))


if __name__ == "__main__":
    main(sys.argv[1])
