"""Facts of a page that hold in every language at once: a meeting that is cancelled is so for everybody.

wagtail-localize gives a translation copies, which stay old until someone updates it. Here the live source
writes its facts into the rows of its translations, so that lists can filter and sort by them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields


def synchronised(names: tuple[str, ...]) -> list[SynchronizedField]:
    """For `override_translatable_fields`: translators see these facts and cannot change them."""
    return [SynchronizedField(name, overridable=False) for name in names]


def row_facts(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the fields of a child row that are the same in every language; of other rows none."""
    if not issubclass(model, TranslatableMixin):
        return ()
    fields = get_translatable_fields(model)
    return tuple(
        field.field_name for field in fields if isinstance(field, SynchronizedField) and not field.overridable
    )


def saves_all(given: Mapping[str, Any]) -> bool:
    """Whether a page is saved as readers see it, by the arguments of `save`. With a draft of a published page
    a few columns about itself are saved: what it says besides, it only holds in memory.
    """
    return given.get("update_fields") is None


class SharedFactsMixin(models.Model):
    """For page types; `fact_fields` names the columns that every language shares.

    Facts of child rows are what their `translatable_fields` say is synchronised and not overridable.
    """

    fact_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        translation_key: Any
        live: bool

    def save(self, *args: Any, **kwargs: Any) -> None:
        source = self.source_page()
        if source is not self:
            self.take_facts(source)
        super().save(*args, **kwargs)
        if not saves_all(kwargs):
            return
        if source is not self:
            source._tell_rows()
        elif self.live:
            self._tell_translations()

    def take_facts(self, source: Self) -> None:
        """In memory: a draft of a translation is as old as its last editor."""
        for name in self.fact_fields:
            setattr(self, name, getattr(source, name))

    def source_page(self) -> Self:
        """The page whose facts hold: the oldest of its languages, if readers see it; else this one."""
        source = self._language_rows().filter(alias_of=None).order_by("pk").first()
        return source if source is not None and source.pk != self.pk and source.live else self

    def _tell_translations(self) -> None:
        facts = {name: getattr(self, name) for name in self.fact_fields}
        rows = self._language_rows()
        if rows.filter(alias_of=None).order_by("pk").values_list("pk", flat=True).first() == self.pk:
            rows.exclude(pk=self.pk).update(**facts)
            self._tell_rows()

    def _tell_rows(self) -> None:
        """Writes the facts of each child row into its translations: the time of a talk, a price."""
        for relation in get_all_child_relations(type(self)):
            if names := row_facts(relation.related_model):
                stored = relation.related_model._default_manager
                for row in stored.filter(**{relation.field.name: self.pk}):
                    facts = {name: getattr(row, name) for name in names}
                    stored.filter(translation_key=row.translation_key).exclude(pk=row.pk).update(**facts)

    def _language_rows(self) -> Any:
        """This page in all its languages."""
        return type(self)._base_manager.filter(translation_key=self.translation_key)  # type: ignore[misc]
