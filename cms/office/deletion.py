"""Deleting rows in the admin: what other rows stand on stays, and the refusal says what holds it."""

from collections import Counter
from typing import Any

from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from cms.office.models import SecretLink


def protectors(things: QuerySet[Any]) -> Counter[str]:
    """What forbids that these rows go, by the name of its kind."""
    collector = Collector(using=things.db, origin=things)
    try:
        collector.collect(things)
    except ProtectedError as error:
        return Counter(str(thing._meta.verbose_name) for thing in error.protected_objects)
    except RestrictedError as error:
        return Counter(str(thing._meta.verbose_name) for thing in error.restricted_objects)
    return Counter()


def in_words(held: Counter[str]) -> str:
    """ "2 rekaman dan 1 kode QR"."""
    return get_text_list([f"{count} {name}" for name, count in held.items()], _("dan"))


def holders(thing: Model) -> Counter[str]:
    """Rows that protect this one, and links by which somebody still gets in."""
    held = protectors(type(thing)._default_manager.filter(pk=thing.pk))
    links = SecretLink.objects.about(thing).open_at(timezone.now()).count()
    return held + Counter({_("tautan rahasia yang masih berlaku"): links})


class DeleteView(generic.DeleteView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refused() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refused() or super().post(request, *args, **kwargs)

    def refused(self) -> HttpResponse | None:
        held = holders(self.object)
        if not held:
            return None
        words = _("“%(name)s” tidak dapat dihapus karena masih dipakai: %(held)s.")
        messages.error(self.request, words % {"name": self.object, "held": in_words(held)})
        return redirect(self.index_url_name)
