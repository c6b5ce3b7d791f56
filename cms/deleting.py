"""Deleting pages: what carries history stays, and the refusal says what holds it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from campaigns.models import CampaignPage, Code, LicencePage
from cms.office import deletion
from media_assets.models import Submission


def held_by(page: Page) -> list[str]:
    """What keeps this page and the pages below it from being deleted, as counted words: "2 rekaman"."""
    below = Page.objects.filter(path__startswith=page.path)
    held = deletion.protectors(below)
    held.update(_promoters(page))
    submissions = Submission.objects.filter(page__path__startswith=page.path).count()
    if submissions:
        held[str(Submission._meta.verbose_name)] = submissions
    return [f"{count} {name}" for name, count in held.items()]


def _promoters(page: Page) -> dict[str, int]:
    """Campaigns and codes that name a licence of this tree from outside it: no key protects these, we do."""
    licences = LicencePage.objects.filter(path__startswith=page.path)
    campaigns = CampaignPage.objects.filter(licences__in=licences).exclude(path__startswith=page.path)
    codes = Code.objects.filter(licences__in=licences)
    found = {
        str(CampaignPage._meta.verbose_name): campaigns.distinct().count(),
        str(Code._meta.verbose_name): codes.distinct().count(),
    }
    return {name: count for name, count in found.items() if count}


def refuse(request: HttpRequest, page: Page) -> HttpResponse | None:
    held = held_by(page)
    if not held:
        return None
    messages.error(
        request,
        _("“%(title)s” tidak dapat dihapus karena menyimpan riwayat: %(held)s. Batalkan penerbitannya saja.")
        % {"title": page.get_admin_display_title(), "held": get_text_list(held, _("dan"))},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk) if page.depth > 1 else redirect("wagtailadmin_home")


def refuse_bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """Nothing of a batch is deleted when one of its pages must stay."""
    if action_type != "delete":
        return None
    answers = [refuse(request, thing) for thing in objects if isinstance(thing, Page)]
    return next((answer for answer in answers if answer), None)
