"""What Danish and German add to words: linking elements, prefixes, suffixes. All in plain letters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language adds to words; all in plain letters."""

    #: Linking element -> what it costs.
    links: Mapping[str, float]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    #: Prefixes that stand before any noun; the others belong to verbs.
    before_nouns: frozenset[str]
    #: Suffixes that make a noun of nearly anything, so an unknown word with one is a word.
    productive: tuple[str, ...]
    #: Suffixes that the linking s always follows: `Wohnung-s-amt`.
    linked: tuple[str, ...]
    #: How words with one of those suffixes are inflected.
    endings: tuple[str, ...]
    #: What any word can be inflected with, where the stemmer leaves it; and what only verbs can.
    inflections: frozenset[str]
    verb_inflections: frozenset[str]
    #: Those of them that the last part of a compound may have: `håndlavet`.
    participles: frozenset[str]
    #: How adjectives are inflected.
    comparisons: tuple[str, ...]
    #: Participles that end no compound, but for those that are listed.
    present: tuple[str, ...]
    #: The suffix of nouns that need a prefix, or a place in the list, to stand last; with its inflections.
    never_bare: tuple[str, tuple[str, ...]]
    #: How words end that nothing is cut from: `rangerende`, but no `førende`.
    uncut: re.Pattern[str]
    #: Words that make another verb of a verb, and endings of the nouns made of those: `fastsættelse`.
    before_verbs: tuple[str, ...]
    deverbal: tuple[str, ...]
    #: Words that are suffixes far more often than the last part of a compound.
    never_last: frozenset[str]
    #: What a verb's stem takes: `fahr` + `er`. Only where the word list marks the stem.
    verbal: tuple[str, ...]
    #: How many letters a known part needs at least before an unknown one, and after one.
    beside_unknown: tuple[int, int]
    #: Whether a verb's bare stem stands before other words: `Fahrplan`, but `køreplan`.
    stem_first: bool


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: No word begins so: the prefix was read into another word (`Herz-krankheit`).
NO_ONSET = frozenset(
    _words(
        "bt df dg dk dp gb gd gk gs kb kd lb lf lk ls lt mb md mt nb nd nf nk ns nt rb rf rk rs rt td tk ts"
    )
    + _words("zb zf zk zs zt")
)

#: How words begin: a vowel, a consonant before a vowel, or consonants that go together.
ONSET = re.compile(
    "(?:[bcdfghjklmnpqrstvwxz]?|bj|bl|br|chr?|dr|dv|dw|fj|fl|fr|gl|gn|gr|hj|hv|kl|kn|kr|kv|pf|pfl|ph|pl|pr|ps|qu"
    "|sch|schl|schm|schn|schr|schw|sj|sk|skr|sl|sm|sn|sp|spl|spr|st|str|sv|th|tj|tr|tsch|tv|wr|zw)[aeiouy]"
)
#: Ends of foreign words: `synthetisch` has no table in it, `imponerende` no gutter.
FOREIGN = ("isch", "isk", "erende", "eret", "inde")
#: What goes on in the middle of foreign words: no word begins so.
FOREIGN_PIECES = ("ion", "itet", "iver", "isme", "isering", "iste", "inde")
#: Adjectives are rarely the last part of a compound that nobody knows.
ADJECTIVES = ("lig", "lich", "ig", "isch", "isk", "sam", "som", "bar", "haft", "los", "loes")
#: Danish endings of neuters.
NEUTER = frozenset({"t", "et", "ets"})
#: Danish endings of who does something.
AGENTS = ("er", "ere")
#: Danish suffixes and ends of what they are never put to: no `gaveløs` + `ning` in `opgaveløsning`.
NOT_AFTER = {"ning": ("loes",), "ing": ("loes",), "ig": ("er",), "eri": ("s",)}
#: Suffixes of whole phrases: `gleichgültig`, `ligegyldighed`.
PHRASAL = ("ig", "igkeit", "ighed")
NOUNS_OF_ADJECTIVES = ("keit", "hed", "e", "en", "er", "es")

GRAMMARS = {
    "da": Grammar(
        {"s": 0.03, "e": 0.15, "es": 0.3, "er": 0.3, "en": 0.3, "n": 0.2},
        _words("af an be efter for fore fort fra frem gen ge hen ind med mis mod ned om op over paa sam saer")
        + _words("sammen gennem til tilbage tilgode tilrette u ud under ur van ved vaer"),
        _words("hed skab dom else ning ing lig loes loeshed bar som eri ig agtig isk")
        + _words("dygtig dygtighed villig villighed doemme iker goere goerelse isme abel"),
        frozenset(_words("u ur mis van for fore efter over under sam mod")),
        _words("hed else ning ering ing tion itet isme ologi ologisk itis"),
        _words("hed else ing tion itet dom skab"),
        _words("en ens et ets s er ers erne ernes"),
        frozenset(
            _words("e t en et er ene erne ens ets ers enes ernes ere eren erens es s st ste est este estes")
        ),
        frozenset(_words("er ede edes et ets te tes t ende endes enes es ere eren ererne eres e")),
        frozenset({"t", "et"}),
        _words("t e ere est este st ste"),
        ("ende", "endes"),
        ("else", _words("else elsen elser elserne")),
        re.compile("[^ao]erendes?$"),
        _words("fast fri lige klar godt videre bort rede"),
        _words("else elsen elser elserne ing ingen inger ingerne"),
        frozenset(
            _words(
                "dom skab loes fuld som bar rig ens lig ing en er et ur el dommen dommens heden heder hederne"
            )
            + _words("logi logisk log loger logen grafi grafisk vaerdig vaerdighed vist goer gjort gjorde")
            + _words("sindet sindede sindethed")
        ),
        _words("er ere ende ning ing"),
        (6, 6),
        False,
    ),
    "de": Grammar(
        {"s": 0.03, "es": 0.1, "n": 0.1, "ns": 0.1, "en": 0.12, "er": 0.15, "e": 0.2, "ens": 0.2},
        _words(
            "ab an auf aus be bei dar durch ein emp ent er fehl fort ge gegen her hin hinter in miss mit nach"
        )
        + _words("nieder rueck ueber um un unter ur ver vor wider wieder zer zu zurueck zusammen"),
        _words(
            "heit keit igkeit ung schaft lich ig isch haft bar los sam chen losigkeit lein tum in innen nis"
        ),
        frozenset(_words("un ur miss fehl vor ueber unter mit gegen nieder ge")),
        _words("heit keit ung ierung schaft taet tion ismus ologie"),
        _words("heit keit ung schaft taet tion tum"),
        _words("en"),
        frozenset(),
        frozenset(),
        frozenset(),
        (),
        (),
        ("", ()),
        re.compile("(?!)"),
        (),
        (),
        frozenset(_words("bar haft los voll reich arm sam er en in ung lich ei")),
        _words("er erin erinnen ende ung"),
        (5, 5),
        True,
    ),
}
