"""The languages that people in Danish and German towns ask for, by their ISO 639-1 codes."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

#: Names that Django does not bring.
_OWN = {
    "am": _("Amharic"),
    "fo": _("Faroese"),
    "kl": _("Greenlandic"),
    "ku": _("Kurdish"),
    "no": _("Norwegian"),
    "ps": _("Pashto"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "tl": _("Tagalog"),
    "zh": _("Chinese"),
}
CODES = (
    *("da", "de", "en", "am", "ar", "bg", "bn", "bs", "cs", "el", "es", "et", "fa", "fi", "fo", "fr", "he"),
    *("hi", "hr", "hu", "is", "it", "ja", "kl", "ko", "ku", "lt", "lv", "mk", "ne", "nl", "no", "pa", "pl"),
    *("ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "ti", "tl", "tr", "uk"),
    *("ur", "vi", "zh"),
)


def language_name(code: str) -> str:
    """In the active language."""
    return str(_OWN[code]) if code in _OWN else str(get_language_info(code)["name_translated"])


def language_choices() -> list[tuple[str, str]]:
    """The three of the suite first, then by name in the active language."""
    named = [(code, language_name(code)) for code in CODES]
    return named[:3] + sorted(named[3:], key=lambda choice: choice[1].casefold())
