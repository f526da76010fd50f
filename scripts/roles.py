"""Writes docs/reference/roles.md from the table that the test of the roles reads."""

import csv
from collections.abc import Mapping

from .common import ROOT, say

TABLE = ROOT / "tests" / "site" / "role_matrix.csv"
PAGE = ROOT / "docs" / "reference" / "roles.md"
ROLES = ("anonymous", "owner", "directory editor", "editor", "moderator", "admin")
_INTRODUCTION = """# Roles

Who gets through to which address, for the groups of the demo. Made by `python -m scripts.roles` from
`tests/site/role_matrix.csv`; a test opens every address in every role, and fails where the table is wrong or
lacks an address.

"(own)" is the entry that the owner owns; without it, somebody else's. What is done in bulk (`admin/bulk/`) is
a yes where the ticked row is among those offered. The entries of a workflow wait for the moderators; the
owner's login belongs to a private person, so "My data" opens for it alone. `was` is closed to all, without a
setting. Who may not open an address may not send a form to it either; a second test tries. What a view shows
of private persons is told in [privacy](../explanation/privacy.md): one that opens may still say "Person 7
(hidden)".

"""


def read() -> dict[str, dict[str, str]]:
    """Address -> role -> yes or no."""
    if not TABLE.is_file():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["view"]: {role: row[role] for role in ROLES} for row in csv.DictReader(file)}


def write(table: Mapping[str, Mapping[str, str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["view", *ROLES], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"view": view, **table[view]} for view in sorted(table))


def page() -> str:
    head = f"| view | {' | '.join(ROLES)} |\n|---|{'---|' * len(ROLES)}\n"
    rows = (
        f"| `{view.replace('|', '/')}` | {' | '.join(may[role] for role in ROLES)} |\n"
        for view, may in read().items()
    )
    return f"{_INTRODUCTION}{head}{''.join(rows)}"


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    say(f"{PAGE.relative_to(ROOT)} is in step with {TABLE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
