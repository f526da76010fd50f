"""What an editor's decision about a compound must be like. Editors read each reason beside the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .analysis import WORD, base_language, normalise
from .analysis.folding import fold
from .analysis.grammar import GRAMMARS
from .analysis.readings import word_stem
from .models import CompoundWord

#: Letters of a word, of a part, of what may stand between parts, of what may follow the last one.
_SHORTEST, _SHORTEST_PART, _LINK, _ENDING = 4, 2, 3, 3
_MOST_PARTS = 6


def stem_of(word: str, locale: str) -> str:
    """By which a decision is found for every inflection of its word."""
    return word_stem(normalise(word).strip(), base_language(locale))


def check(row: CompoundWord) -> None:
    """Raises ValidationError with the reason, by field. Puts what was typed in order first."""
    row.word = normalise(row.word).strip()
    row.parts = "+".join(normalise(piece) for piece in row.pieces)
    if base_language(row.locale) not in GRAMMARS:
        raise ValidationError({"locale": _("Words of this language are not split.")})
    _check_word(row)
    if row.parts:
        _check_parts(row)
    others = CompoundWord.objects.filter(locale=row.locale, stem=stem_of(row.word, row.locale))
    if (other := others.exclude(pk=row.pk).first()) is not None:
        message = _("“%(word)s” is decided already: %(decision)s. Change that one.")
        raise ValidationError({"word": message % {"word": row.word, "decision": other}})


def _is_word(text: str) -> bool:
    return WORD.fullmatch(text) is not None and not any(letter.isdigit() for letter in text)


def _check_word(row: CompoundWord) -> None:
    if not _is_word(row.word):
        raise ValidationError({"word": _("One word of letters alone, please: no spaces, signs or digits.")})
    if len(row.word) < _SHORTEST:
        raise ValidationError({"word": _("At least %(count)d letters, please.") % {"count": _SHORTEST}})


def _check_parts(row: CompoundWord) -> None:
    pieces = row.pieces
    if not 2 <= len(pieces) <= _MOST_PARTS:
        message = _("Two to %(count)d parts joined by +, or nothing where the word stays whole.")
        raise ValidationError({"parts": message % {"count": _MOST_PARTS}})
    for piece in pieces:
        if not _is_word(piece) or len(piece) < _SHORTEST_PART:
            message = _(
                "“%(part)s” is no part: a part has two letters or more, and no spaces, signs or digits."
            )
            raise ValidationError({"parts": message % {"part": piece}})
    if not makes_up(pieces, row.word, base_language(row.locale)):
        message = _("“%(parts)s” do not make up “%(word)s”.")
        raise ValidationError({"parts": message % {"parts": row.parts, "word": row.word}})


def makes_up(pieces: tuple[str, ...], word: str, language: str) -> bool:
    """Whether a word is these parts with linking elements between them and an inflection after them.

    A part may have lost its last letter (`Schule`: Schul-bus) or have an ending of its own.
    """
    rest = fold(word.casefold(), language)
    for number, piece in enumerate(pieces):
        plain = fold(piece.casefold(), language)
        skipped = next(
            (
                skip
                for skip in range(_LINK + 1 if number else 1)
                if rest[skip:].startswith((plain, plain[:-1]))
            ),
            None,
        )
        if skipped is None or len(plain) < _SHORTEST_PART:
            return False
        rest = (
            rest[skipped:].removeprefix(plain)
            if rest[skipped:].startswith(plain)
            else rest[skipped + len(plain) - 1 :]
        )
    return len(rest) <= _ENDING
