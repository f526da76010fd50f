"""The map from the columns of a file to the fields of the directory, read from a TOML file."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from django.utils.translation import gettext as _

from .columns import Column, by_name, known_names
from .messages import FileRefused
from .suggestions import nearest, with_suggestion

TABLES = ("columns", "constants", "ignore")


@dataclass(frozen=True)
class Binding:
    """A column of the file and the field it fills."""

    source: str
    column: Column


@dataclass(frozen=True, kw_only=True)
class FieldMap:
    """`columns` renames (source -> field), `constants` fill fields a row says nothing about."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read and check a map file; `FileRefused` says what is wrong with it."""
        tables = _tables(path)
        ignore = _table(tables, "ignore", path)
        _check_words(ignore, ("columns",), path)
        made = cls(
            columns=_texts(_table(tables, "columns", path), "columns", path),
            constants=_texts(_table(tables, "constants", path), "constants", path),
            ignored=frozenset(_names(ignore.get("columns", []), path)),
        )
        made._check(path)
        return made

    def bind(self, sources: Sequence[str]) -> tuple[Binding, ...]:
        """Columns of a file with their fields, in the order of `known_names`; faults are told all at once."""
        chosen = {source: self._target(source) for source in sources if source not in self.ignored}
        faults = [*self._missing(sources), *_unknown(chosen), *_doubled(chosen), *self._without(chosen)]
        if faults:
            raise FileRefused("\n".join(faults))
        found = {target: source for source, target in chosen.items()}
        return tuple(Binding(found[name], by_name()[name]) for name in known_names() if name in found)

    def _target(self, source: str) -> str:
        return self.columns.get(source) or source.strip().lower()

    def _missing(self, sources: Sequence[str]) -> list[str]:
        return [
            with_suggestion(
                _("The map names the column “%(column)s”, which the file lacks.") % {"column": name},
                name,
                sources,
            )
            for name in self.columns
            if name not in sources
        ]

    def _without(self, chosen: Mapping[str, str]) -> list[str]:
        given = {*chosen.values(), *self.constants}
        return [
            _(
                "No column gives “%(field)s”. The first line of a table must name the columns; "
                "a map (--map) can rename them."
            )
            % {"field": name}
            for name in ("external_id", "name")
            if name not in given
        ]

    def _check(self, path: Path) -> None:
        known = known_names()
        faults = [
            _field_fault(path, table, name, known)
            for table, names in (("columns", self.columns.values()), ("constants", self.constants))
            for name in names
            if name not in known
        ]
        faults += [
            _("%(file)s: “%(column)s” is both renamed and ignored.") % {"file": path.name, "column": name}
            for name in sorted(self.ignored & set(self.columns))
        ]
        faults += [
            _("%(file)s: “%(field)s” differs from row to row and cannot be constant.")
            % {"file": path.name, "field": name}
            for name in ("external_id", "name")
            if name in self.constants
        ]
        if faults:
            raise FileRefused("\n".join(faults))


def _field_fault(path: Path, table: str, name: str, known: Sequence[str]) -> str:
    sentence = _("%(file)s: [%(table)s] names the field “%(field)s”, which does not exist.")
    return with_suggestion(sentence % {"file": path.name, "table": table, "field": name}, name, known)


def _unknown(chosen: Mapping[str, str]) -> list[str]:
    faults = []
    known = known_names()
    for source, target in chosen.items():
        if target not in known:
            near = nearest(target, known)
            hint = _("Nearest is “%(field)s”.") % {"field": near} if near else ""
            sentence = _(
                "The column “%(column)s” is no field of the directory. %(hint)s Rename or ignore it in a map."
            )
            faults.append(" ".join((sentence % {"column": source, "hint": hint}).split()))
    return faults


def _doubled(chosen: Mapping[str, str]) -> list[str]:
    targets = list(chosen.values())
    return [
        _("The columns %(columns)s all give “%(field)s”. Ignore all but one in a map.")
        % {"columns": ", ".join(s for s, t in chosen.items() if t == target), "field": target}
        for target in sorted({t for t in targets if targets.count(t) > 1})
    ]


def _tables(path: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileRefused(
            _("%(file)s cannot be opened: %(reason)s.") % {"file": path.name, "reason": reason}
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(
            _("%(file)s is not TOML: %(reason)s.") % {"file": path.name, "reason": error}
        ) from error
    _check_words(tables, TABLES, path)
    return tables


def _check_words(given: Iterable[str], known: Sequence[str], path: Path) -> None:
    for word in given:
        if word not in known:
            sentence = _("%(file)s: “%(word)s” is unknown; known are %(known)s.")
            values = {"file": path.name, "word": word, "known": ", ".join(known)}
            raise FileRefused(with_suggestion(sentence % values, word, known))


def _table(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise FileRefused(_("%(file)s: [%(table)s] must be a table.") % {"file": path.name, "table": name})
    return table


def _texts(table: Mapping[str, Any], name: str, path: Path) -> dict[str, str]:
    for key, value in table.items():
        if isinstance(value, (dict, list, bool)):
            raise FileRefused(
                _("%(file)s: “%(key)s” in [%(table)s] must be a text.")
                % {"file": path.name, "key": key, "table": name}
            )
    return {key.strip(): str(value) for key, value in table.items()}


def _names(value: Any, path: Path) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise FileRefused(_('%(file)s: [ignore] needs columns = ["…", "…"].') % {"file": path.name})
    return value
