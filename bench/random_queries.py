"""Whatever is typed: made-up queries, each answered soon, and alike in equivalent Unicode forms."""

import random
import time
import unicodedata
from collections.abc import Callable

from tqdm import tqdm

from .answers import Answer
from .corpus import Corpus

_LONGEST = 1.0  # seconds
_ATTEMPTS = 3  # what takes longer is asked again: other work on the machine is no fault of the search
_FORMS_EVERY = 20
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzæøåäöüß",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÜẞ0123456789",
    "éèêñçşğıİłőűžšč\u0301\u0308\u030a",
    "бвгджзабвέλληνικάעבריתالعربية中文日本語한국어ไทยहिन्दी",
    "\"'*:()[]{}^~&|!+-–—_.,;/\\<>=?@#$%",
    " \t\n\u00a0\u200b\u200f\u2028\ufeff\x00\x1f",
    "😀👨‍👩‍👧🏳️‍🌈½²ﬁ№①",
)
_OPERATORS = (
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "title:",
    '"',
    "*",
    "-",
    "&",
    "|",
    "<->",
    "''",
    "\\",
    "%",
    "--",
    "()",
)


def make(made: Corpus, number: int) -> list[str]:
    """The same for every run: the seed is fixed."""
    source = random.Random(7)
    return [_query(source, made.vocabulary) for _ in range(number)]


def _query(source: random.Random, vocabulary: list[str]) -> str:
    """One to eight pieces; one query in fifty is much longer than may be typed."""
    pieces = 200 if source.random() < 0.02 else source.randint(1, 8)
    return source.choice((" ", " ", " ", "", "-")).join(_piece(source, vocabulary) for _ in range(pieces))


def _piece(source: random.Random, vocabulary: list[str]) -> str:
    sort = source.random()
    word = source.choice(vocabulary[: source.choice((30, 300, len(vocabulary)))])
    if sort < 0.4:
        return word
    if sort < 0.55:
        place = source.randrange(len(word))
        return word[:place] + source.choice(_ALPHABETS[0]) + word[place + source.randint(0, 1) :]
    if sort < 0.65:
        return word[: source.randint(1, len(word))] + "*"
    if sort < 0.7:
        return word + source.choice(vocabulary)
    if sort < 0.8:
        return source.choice(_OPERATORS)
    return "".join(source.choices(source.choice(_ALPHABETS), k=source.randint(1, 12)))


def run(name: str, answer: Callable[[str], Answer], queries: list[str]) -> list[str]:
    """Print how long they took; give what failed."""
    missed, longest, found, forms = [], 0.0, 0, 0
    started = time.perf_counter()
    for number, text in enumerate(tqdm(queries, desc=f"  {name}, any queries", unit="")):
        try:
            seconds, given = _asked(answer, text)
            longest, found = max(longest, seconds), found + bool(given.total)
            if seconds > _LONGEST:
                missed.append(f"{name}: {text[:60]!r} takes {seconds:.1f} s")
            if number % _FORMS_EVERY == 0:
                forms += 1
                missed += _differing_forms(name, answer, text, given)
        except Exception as error:  # whatever it is, a reader would have seen an error
            missed.append(f"{name}: {text[:60]!r} raises {error!r}")
    mean = (time.perf_counter() - started) / max(len(queries), 1) * 1000
    print(
        f"  {name}: {len(queries)} queries of any kind, {found} with results, {forms} in every Unicode form:"
        f" mean {mean:.1f} ms, longest {longest * 1000:.0f} ms, {len(missed)} faults",
        flush=True,
    )
    return missed if found else [*missed, f"{name}: no query found anything, so nothing was measured"]


def _asked(answer: Callable[[str], Answer], text: str) -> tuple[float, Answer]:
    """The shortest time of some attempts, where the first takes too long."""
    times: list[float] = []
    while not times or (min(times) > _LONGEST and len(times) < _ATTEMPTS):
        started = time.perf_counter()
        given = answer(text)
        times.append(time.perf_counter() - started)
    return min(times), given


def _differing_forms(name: str, answer: Callable[[str], Answer], text: str, given: Answer) -> list[str]:
    """Equivalent forms of what fits into the search field."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if len(decomposed) > 200 or composed == decomposed == text:
        return []
    answers = [answer(each) for each in (composed, decomposed)]
    return [f"{name}: {text[:60]!r} has another answer in another form" for each in answers if each != given][
        :1
    ]
