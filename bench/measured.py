"""`python -m bench.measured COMMAND …`: a management command; its last line is the peak of memory.

The peak of memory is this process's own. What a parent reads of its child can be the parent's, left from
before the child became another program.
"""

import resource
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])
    print(f"peak {peak_megabytes():.1f}")
