"""Finding the texts of the interface in Python files and in Django templates.

Templates are read with Django's own lexer, so what is found is what the template engine would look up:
`{% translate %}`, `{% blocktranslate %}` (plural, context, trimmed) and `_("…")` in any tag or variable.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

from babel.messages.extract import extract
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

MARK = "Translators:"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CONSTANT = re.compile(r"""_\(\s*("[^"]*"|'[^']*')\s*\)""")
QUOTED = re.compile(r"""^("[^"]*"|'[^']*')""")
START = re.compile(r"^blocktrans(late)?(\s|$)")
END = re.compile(r"^endblocktrans(late)?$")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A message id: one string, or singular and plural. `comments` are notes for the translator."""

    id: str | tuple[str, str]
    context: str | None = None
    comments: tuple[str, ...] = ()


def python_texts(source: bytes) -> Iterator[Text]:
    """The arguments of gettext's functions in a Python module."""
    found = extract("python", BytesIO(source), KEYWORDS, [MARK], {"encoding": "utf-8"})
    for _line, message, comments, context in found:
        message_id = message if isinstance(message, str) else (message[0], message[1])
        yield Text(id=message_id, context=context, comments=tuple(comments))


def template_texts(source: str) -> Iterator[Text]:
    """The texts of a template in the order in which they stand."""
    tokens = iter(without_comments(Lexer(source).tokenize()))
    notes: tuple[str, ...] = ()
    for token in tokens:
        if token.token_type is TokenType.COMMENT:
            notes = (token.contents,) if token.contents.startswith(MARK) else ()
            continue
        found = list(texts_at(token, tokens))
        for text in found:
            yield Text(id=text.id, context=text.context, comments=notes)
        if found:
            notes = ()


def without_comments(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens outside `{% comment %}` … `{% endcomment %}`."""
    hidden = False
    for token in tokens:
        word = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type is TokenType.BLOCK and word in {"comment", "endcomment"}:
            hidden = word == "comment"
        elif not hidden:
            yield token


def texts_at(token: Token, following: Iterator[Token]) -> Iterator[Text]:
    """The texts of one token; a `blocktranslate` takes the tokens up to its end from `following`."""
    if token.token_type is TokenType.TEXT:
        return
    yield from constants(token.contents)
    if token.token_type is not TokenType.BLOCK:
        return
    if START.match(token.contents):
        yield block_text(token, following)
    elif token.contents.split(maxsplit=1)[0] in {"translate", "trans"} and (text := inline_text(token)):
        yield text


def constants(contents: str) -> Iterator[Text]:
    """`_("…")` inside a tag or a variable."""
    for match in CONSTANT.finditer(contents):
        yield Text(id=escaped(match[1][1:-1]))


def escaped(text: str) -> str:
    """As the template engine looks it up: a percent sign is doubled."""
    return text.replace("%", "%%")


def inline_text(token: Token) -> Text | None:
    """`{% translate "…" context "…" %}`; None where a variable is translated, which nothing can list."""
    bits = list(smart_split(token.contents))
    quoted = QUOTED.match(bits[1]) if len(bits) > 1 else None
    return Text(id=escaped(quoted[1][1:-1]), context=context_of(bits)) if quoted else None


def context_of(bits: list[str]) -> str | None:
    """The constant after the word `context`."""
    for word, value in pairwise(bits):
        if word == "context" and (quoted := QUOTED.match(value)):
            return quoted[1][1:-1]
    return None


@dataclass
class BlockForms:
    """Singular and plural of a block while its tokens are read."""

    singular: list[str] = field(default_factory=list)
    plural: list[str] | None = None

    def add(self, token: Token) -> None:
        target = self.singular if self.plural is None else self.plural
        if token.token_type is TokenType.VAR:
            target.append(f"%({token.contents})s")
        elif token.token_type is TokenType.TEXT:
            target.append(escaped(token.contents))
        elif token.token_type is TokenType.BLOCK and token.contents.strip() == "plural":
            self.plural = []


def block_text(opening: Token, following: Iterator[Token]) -> Text:
    """`{% blocktranslate … %}…{% plural %}…{% endblocktranslate %}`."""
    bits = list(smart_split(opening.contents))
    read = BlockForms()
    for token in following:
        if token.token_type is TokenType.BLOCK and END.match(token.contents):
            break
        read.add(token)
    joined = ["".join(part) for part in (read.singular, read.plural) if part is not None]
    if "trimmed" in bits:
        joined = [trim_whitespace(part) for part in joined]
    message_id = (joined[0], joined[1]) if len(joined) > 1 else joined[0]
    return Text(id=message_id, context=context_of(bits))
