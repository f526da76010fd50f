"""A contact person as an address card for phones: vCard 3.0 (RFC 2426), which all of them take."""

from collections.abc import Iterable, Iterator

from .models import ContactPerson

#: Longest line in bytes, without its end (RFC 2426, 2.6).
LINE = 75


def card(person: ContactPerson) -> str:
    """What everybody may know of the person, in the words of this row."""
    return written(_lines(person))


def written(lines: Iterable[str]) -> str:
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def file_name(person: ContactPerson) -> str:
    return f"{person.facts.translation_key}.vcf"


def _lines(person: ContactPerson) -> Iterator[str]:
    facts = person.facts
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield content_line("FN", facts.name)
    yield content_line("N", *_family_and_given(facts.name), "", "", "")
    if person.organisation or person.department:
        yield content_line("ORG", person.organisation, person.department)
    if person.role:
        yield content_line("TITLE", person.role)
    if facts.email:
        yield content_line("EMAIL;TYPE=INTERNET,WORK", facts.email)
    for kind, number in (("VOICE", facts.phone), ("CELL", facts.mobile)):
        if number:
            yield content_line(f"TEL;TYPE=WORK,{kind}", number.as_e164 if number.is_valid() else str(number))
    if facts.website:
        yield f"URL:{facts.website}"
    if note := "\n".join(filter(None, (person.area_of_responsibility, person.opening_hours))):
        yield content_line("NOTE", note)
    yield f"UID:urn:uuid:{facts.translation_key}"
    yield "END:VCARD"


def _family_and_given(name: str) -> tuple[str, str]:
    *given, family = name.split() or [""]
    return family, " ".join(given)


def content_line(name: str, *parts: str) -> str:
    """A property and the parts of its value, escaped."""
    return f"{name}:{';'.join(_escaped(part) for part in parts)}"


def _escaped(text: str) -> str:
    """A line break becomes backslash n; a comma or semicolon would part the value."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes; the later ones begin with a blank. No letter is cut apart."""
    piece = ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
