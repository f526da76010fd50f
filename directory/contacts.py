"""How readers reach an entry without learning more than its people agreed to."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from cms_blocks.consents import ShownPerson, refusing_mail, shown_persons

from .models import ContactBy, Entry


@dataclass(frozen=True, kw_only=True)
class People:
    """Whom readers may know of an entry at this moment."""

    contacts: tuple[ShownPerson, ...] = ()
    team: tuple[ShownPerson, ...] = ()


def people_of(facts: Entry) -> People:
    """In a constant number of queries, also of a preview's unsaved rows."""
    members = list(facts.team_members.all())
    staff = (ShownPerson(name=one.name, role=one.role) for one in members if one.is_staff)
    return People(
        contacts=tuple(shown_persons(list(facts.contacts.all()))),
        team=(*staff, *shown_persons([one for one in members if one.person_id])),
    )


def relay_address(facts: Entry) -> str:
    """Where the form's messages go; empty where there is no form. Never shown, never in an answer.

    A group that has no mailbox is reached through the first of its contacts who has an address, and who did
    not take back what was agreed to.
    """
    if facts.email:
        return facts.email if facts.contact_by == ContactBy.RELAY else ""
    rows = facts.contacts.select_related("person").exclude(person__email="").order_by("sort_order")
    persons = [row.person for row in rows]
    refusing = refusing_mail(person.pk for person in persons)
    return next((person.email for person in persons if person.pk not in refusing), "")


def can_be_reached(facts: Entry, people: People) -> bool:
    """Whether readers find any way to the entry on its page; if not, they are told whom else to ask."""
    own = facts.email or facts.phone or facts.website or contact_url(facts)
    return bool(own or any(person.phone or person.email for person in people.contacts))


def contact_url(facts: Entry) -> str:
    """The address of the form; empty where there is none, or the host has not included `directory.urls`."""
    if not facts.pk or not relay_address(facts):
        return ""
    try:
        return reverse("torv_directory:contact", args=[facts.translation_key])
    except NoReverseMatch:
        return ""
