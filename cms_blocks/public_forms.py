"""Forms that anybody may send, without a login and without a cookie.

Instead of a CSRF cookie, which protects logins that these forms do not have, they carry a signed time, a
field that people leave empty, a look at where the request comes from, and a limit for each address.

    class ThemeForm(PublicForm):
        purpose = "theme"
        public_fields = ("title", "text")

    @public_form
    def propose(request): form = ThemeForm(request.POST or None, request=request)
"""

import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from . import conf
from .private_words import has_person_number, private_in

#: Seconds: nobody reads and fills in a form faster, and no page stays open longer.
FASTEST = 2
LONGEST = 24 * 3600
#: Seconds for which the limit of an address counts, from one hour of the clock to the next.
WINDOW = 3600
SALT = "torv_blocks.public_form"

View = Callable[..., HttpResponse]


def public_form(view: View) -> View:
    """For the view that such a form is sent to: no CSRF cookie is asked for, and nothing is cached."""
    return csrf_exempt(never_cache(view))


class PublicForm(forms.Form):
    """Subclasses name their `purpose`; forms of one purpose share the limit of an address."""

    purpose: ClassVar[str]
    #: Texts that everyone will read: what looks private in them is asked about once.
    public_fields: ClassVar[tuple[str, ...]] = ()
    #: Times the setting FORM_LIMIT; more where many people share an address, as in a meeting hall.
    limit_times: ClassVar[int] = 1

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    sure = forms.BooleanField(required=False, label=_("Everyone may read it as it stands"))

    def __init__(self, data: Any = None, *, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, **{"label_suffix": "", **kwargs})
        self.request = request
        self.asks_if_sure = False
        self.fields["stamp"].initial = self._new_stamp()
        for field in self.fields.values():
            _dress(field)

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """What the reader is asked, without the parts of the protection."""
        return [self[name] for name in self.fields if name not in PublicForm.base_fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._look_for_private_words()
        if fault := self._fault():
            self._renew_stamp()
            raise ValidationError(fault)
        if not self.errors and not self._within_limit():
            raise ValidationError(
                _("Too much has been sent from your connection. Please try again in an hour, or call us.")
            )
        return cleaned

    def _look_for_private_words(self) -> None:
        if self.cleaned_data.get("sure"):
            self.asks_if_sure = True
            return
        for name in self.public_fields:
            if found := private_in(self.cleaned_data.get(name) or ""):
                self.asks_if_sure = True
                words = get_text_list([str(one) for one in found], gettext("and"))
                self.add_error(name, _looks_private(words))

    def _fault(self) -> Any:
        """Why this was not sent by a person from our page; empty where it was."""
        if self.cleaned_data.get("homepage"):
            return _("Please empty the field “Leave this field empty”. Only programs fill it in.")
        if not comes_from_here(self.request):
            return _("We cannot see that you sent this from our page. Please send it again from here.")
        return self._fault_of_time()

    def _fault_of_time(self) -> Any:
        try:
            signer = signing.TimestampSigner(salt=SALT)
            purpose = signer.unsign(self.cleaned_data.get("stamp") or "", max_age=LONGEST)
        except signing.BadSignature:
            return _("The form was open for a long time. Please send it again; what you wrote is still here.")
        if purpose != self.purpose:
            return _("We cannot see that you sent this from our page. Please send it again from here.")
        try:
            signer.unsign(self.cleaned_data["stamp"], max_age=FASTEST)
        except signing.SignatureExpired:
            return ""
        return _("That was very fast. Please wait a moment and send it again.")

    def _new_stamp(self) -> str:
        return signing.TimestampSigner(salt=SALT).sign(self.purpose)

    def _renew_stamp(self) -> None:
        """The form that is shown again can be sent again; also if a browser filled in what nobody sees."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("stamp")] = self._new_stamp()
        data[self.add_prefix("homepage")] = ""
        self.data = data

    def _within_limit(self) -> bool:
        return within_limit(self.request, self.purpose, conf.current().form_limit * self.limit_times)


def _dress(field: forms.Field) -> None:
    """The design system's class of its sort, and what a browser may fill in by itself."""
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs["class"] = "form-checkbox"
    elif isinstance(widget, forms.Select):
        widget.attrs["class"] = "form-select"
    elif not widget.is_hidden:
        widget.attrs["class"] = "form-input"
    if isinstance(field, forms.EmailField):
        widget.attrs.setdefault("autocomplete", "email")


def see_other(address: str) -> HttpResponse:
    """The answer to a form that was taken: its sender reads on there, and loading anew sends nothing."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def within_limit(request: HttpRequest, purpose: str, limit: int) -> bool:
    """Counts this one too. The address itself is never kept, only its hash under the site's key."""
    now = time.time()
    window = int(now // WINDOW)
    digest = salted_hmac(SALT, f"{purpose}:{window}:{network(request)}", algorithm="sha256").hexdigest()
    return _counted(f"torv-form-{digest}", int((window + 1) * WINDOW - now) + 1) <= limit


def _counted(key: str, rest: int) -> int:
    """How often it was sent with this one; kept for the `rest` of the hour, in seconds."""
    cache = caches[conf.current().form_cache]
    if cache.add(key, 1, rest):
        return 1
    try:
        sent = cache.incr(key)
    except ValueError:  # it expired just now
        return 1
    cache.touch(key, rest)  # a database cache counts, and forgets when its entry was to expire
    return sent


class ConfidentialForm(PublicForm):
    """What only the staff reads: a CPR number in it is asked about once."""

    sure = forms.BooleanField(required=False, label=_("Send it with the number"))

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if name in PublicForm.base_fields or not isinstance(value, str) or not has_person_number(value):
                continue
            self.asks_if_sure = True
            if not self.cleaned_data.get("sure"):
                self.add_error(
                    name,
                    gettext(
                        "This looks like a CPR number. Take it out: we do not need it. If it must be there, "
                        "tick below and send again."
                    ),
                )
        return super().clean()


def _looks_private(words: str) -> str:
    return gettext(
        "This looks like %(what)s, and everyone can read it. Take it out, or tick below that it may stand."
    ) % {"what": words}


def comes_from_here(request: HttpRequest) -> bool:
    """Browsers say where a form was sent from: by Origin, else by Referer, else by Sec-Fetch-Site."""
    for header in ("Origin", "Referer"):
        if (sender := request.headers.get(header)) is not None:
            try:
                return urlsplit(sender).netloc == request.get_host()
            except ValueError:
                return False
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def network(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the network, which is what one household or hall has."""
    header = conf.current().form_address_header
    # The last proxy writes last; what stands before it the sender may have made up.
    given = (request.META.get(header, "") if header else "").split(",")[-1].strip()
    address = given or request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    # A proxy that listens on both writes IPv4 as IPv6; all of those would be one network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)
