"""Evidence of consents and photos of private persons: opened and listed for those alone who may see persons.

Whoever may choose documents or images in all collections would else find them, and a title can hold a name.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from .models import VIEW_PERSONS, ConfidentialCollection, Consent, PrivatePerson


def confidential(model: type[Any]) -> Q:
    """Selects those documents, or images, that are."""
    kept = ConfidentialCollection.objects.values("collection")
    if model is get_document_model():
        named = Consent.objects.filter(evidence__isnull=False).values("evidence")
    else:
        named = PrivatePerson.objects.filter(photo__isnull=False).values("photo")
    return Q(collection__in=kept) | Q(pk__in=named)


def is_confidential(file: Any) -> bool:
    return type(file)._default_manager.filter(confidential(type(file)), pk=file.pk).exists()


class ConfidentialPolicyMixin:
    """In front of the model's own policy: takes away, never gives."""

    model: Any

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if not user.has_perm(VIEW_PERSONS) and is_confidential(instance):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))  # type: ignore[misc]

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)  # type: ignore[misc]
        return found if user.has_perm(VIEW_PERSONS) else found.exclude(confidential(self.model))

    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Collection]:
        found: QuerySet[Collection] = super().collections_user_has_any_permission_for(user, actions)  # type: ignore[misc]
        if user.has_perm(VIEW_PERSONS):
            return found
        return found.exclude(pk__in=ConfidentialCollection.objects.values("collection"))


def _confidential(policy: type[Any]) -> type[Any]:
    return type(f"Confidential{policy.__name__}", (ConfidentialPolicyMixin, policy), {})


def keep_confidential() -> list[URLPattern]:
    """Puts it in front of the policies of documents and images.

    Called with the admin's addresses, of which it adds none: Wagtail's own apps are ready by then, and no
    request has been answered.
    """
    for model in (get_document_model(), get_image_model()):
        present = policy_registry.get_by_type(model, fallback=False)
        base = type(present) if present else CollectionOwnershipPermissionPolicy
        if issubclass(base, ConfidentialPolicyMixin):
            continue
        app = "wagtaildocs.Document" if model is get_document_model() else "wagtailimages.Image"
        register_permission_policy(model, _confidential(base)(model, app, "uploaded_by_user"))
    return []


def guard_document(document: Any, request: HttpRequest) -> None:
    """Hook `before_serve_document`: to everybody else there is no such document."""
    if not request.user.has_perm(VIEW_PERSONS) and is_confidential(document):
        raise Http404
