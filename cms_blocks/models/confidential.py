"""Where the evidence of consents and the photos of private persons are kept."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, CollectionMember, CollectionViewRestriction


class ConfidentialCollection(models.Model):
    """Remembers which collection it is, whatever it is called; made when it is first needed."""

    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confidential collection")
        verbose_name_plural = _("confidential collections")

    def __str__(self) -> str:
        return str(self.collection)

    @classmethod
    def get(cls) -> Collection:
        row = cls.objects.select_related("collection").first()
        if row is None:
            root = Collection.get_first_root_node()
            made = root.add_child(instance=Collection(name=gettext("Private persons")))
            # For hosts that show collections in their own ways; who may read is decided by permission.
            CollectionViewRestriction.objects.create(
                collection=made, restriction_type=CollectionViewRestriction.LOGIN
            )
            row = cls.objects.create(collection=made)
        return row.collection

    @classmethod
    def take_in(cls, file: CollectionMember) -> None:
        """Moves a document or an image there, wherever it was uploaded."""
        collection = cls.get()
        if file.collection_id != collection.pk:
            file.collection = collection
            file.save(update_fields=["collection"])
