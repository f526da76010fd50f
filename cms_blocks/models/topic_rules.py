"""What must hold between topics: no loops, one word for one topic, "use instead" that ends at once."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .topic import Topic


def relation_errors(topic: "Topic") -> dict[str, Any]:
    """Field -> what is wrong with a source row's relations to other topics."""
    errors: dict[str, Any] = {}
    if topic.broader and topic.is_within(topic.broader):
        errors["broader"] = _("A topic cannot be a part of itself. Choose another broader topic.")
    elif topic.broader and topic.broader.facts.see_id:
        errors["broader"] = _use_instead(topic.broader)
    if topic.see_id and (fault := _see_fault(topic)):
        errors["see"] = fault
    return errors


def _see_fault(topic: "Topic") -> str:
    see = topic.see.facts if topic.see else topic
    if topic.pk is not None and see.pk == topic.pk:
        return _("A topic cannot stand in for itself. Choose another one, or none.")
    if see.see_id:
        return _use_instead(see)
    if topic.broader_id:
        return _("A topic that is not to be used has no broader topic. Empty one of the two.")
    if topic.pk is not None and (topic.narrower.exists() or topic.seen_from.exists()):
        return _("Other topics refer to this one. Give them another topic first.")
    return ""


def _use_instead(topic: "Topic") -> str:
    return _("“%(topic)s” is not to be used. Choose “%(other)s” instead.") % {
        "topic": topic,
        "other": topic.facts.see,
    }


def words_of(topic: "Topic") -> dict[str, tuple[str, str]]:
    """Word in lower case -> the field it stands in, and as it is written; the name goes before the others."""
    synonyms = {word.casefold(): ("alt_labels", word) for word in topic.synonyms}
    name = topic.pref_label.strip()
    return {**synonyms, name.casefold(): ("pref_label", name)}


def taken_labels(topic: "Topic") -> dict[str, Any]:
    """Field -> a word of it that names another topic of the language: a reader could not tell them apart."""
    own = words_of(topic)
    errors: dict[str, Any] = {}
    for other in _neighbours(topic):
        theirs = words_of(other)
        for key in sorted(own.keys() & theirs.keys()):
            field, word = own[key]
            # Both being synonyms is no trouble: such a word finds the two.
            if "pref_label" in (field, theirs[key][0]):
                errors[field] = _(
                    "“%(word)s” is already a word for the topic “%(topic)s”. Choose another word, or add "
                    "where the two differ in brackets."
                ) % {"word": word, "topic": other}
    return errors


def _neighbours(topic: "Topic") -> "list[Topic]":
    """The other topics of the language that are not this one's partners in "use instead"."""
    model = type(topic)
    if not topic.locale_id:
        return []
    facts = topic.facts
    rows = model.objects.filter(locale_id=topic.locale_id).exclude(pk=topic.pk)
    partners = Q(see=facts.pk) | Q(source_row__see=facts.pk) if facts.pk else Q(pk__in=[])
    own = Q(pk=facts.pk) | Q(source_row=facts.pk) if facts.pk else Q(pk__in=[])
    instead = Q(pk=facts.see_id) | Q(source_row=facts.see_id) if facts.see_id else Q(pk__in=[])
    return list(rows.exclude(partners | own | instead))
