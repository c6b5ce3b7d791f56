"""The desk for consents: one person's, one consent with its form, giving one, and taking one back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.office import notices, scans, sending, trail
from performers import consent_listing, permissions, reminding, works
from performers.consent_forms import GiveForm, WithdrawForm
from performers.models import Consent, Person

View = Callable[..., HttpResponseBase]


def _for(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only for those whom `allowed` lets; Wagtail turns the refusal into its own words."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


@require_safe
@_for(permissions.can_read_consents)
def of_person(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = get_object_or_404(Person, pk=pk)
    shown = _desk(person.name) | consent_listing.words_of(person, request.user) | {"history": trail.of(person)}
    return render(request, "performers/consents/person.html", shown)


@require_safe
@_for(permissions.can_read_consents)
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    consent = get_object_or_404(Consent.objects.listed(), pk=pk)
    (row,) = consent_listing.rows([consent])
    may_keep = permissions.can_keep_consents(request.user)
    asks = may_keep and row.is_running_out
    shown = {
        "row": row,
        "consent": consent,
        "may_keep": may_keep,
        "ask_url": notices.whatsapp_url(reminding.message(consent)) if asks else "",
        "taken": [] if consent.is_withdrawn else works.taken_by(consent, timezone.localdate()),
    }
    return render(request, "performers/consents/detail.html", _desk(str(consent), consent.person) | shown)


@require_safe
@_for(permissions.can_keep_consents)
def form(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed form, private."""
    consent = get_object_or_404(Consent, pk=pk)
    return sending.send(request, scans.storage(), str(consent.file), content_type=consent.kind)


@require_http_methods(["GET", "HEAD", "POST"])
@_for(permissions.can_keep_consents)
def give(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = get_object_or_404(Person, pk=pk)
    form = GiveForm(person=person)
    if request.method == "POST":
        form = GiveForm(request.POST, request.FILES, person=person)
        consent = form.save(by=request.user) if _is_valid(request, form) else None
        if consent:
            messages.success(request, _("Izin %(who)s tercatat.") % {"who": consent})
            return redirect("consents:of_person", person.pk)
    shown = _desk(_("Catat izin baru"), person) | {"form": form, "person": person}
    return render(request, "performers/consents/give.html", shown, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_for(permissions.can_keep_consents)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what it takes off the air, and asks why."""
    consent = get_object_or_404(Consent.objects.listed(), pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.save(consent, by=request.user):
        messages.success(request, _("Izin %(who)s dicabut.") % {"who": consent})
        return redirect("consents:detail", consent.pk)
    if consent.is_withdrawn:
        messages.info(request, _("Izin ini sudah dicabut."))
        return redirect("consents:detail", consent.pk)
    shown = {
        "form": form,
        "consent": consent,
        "row": consent_listing.rows([consent])[0],
        "taken": works.taken_by(consent, timezone.localdate()),
    }
    status = 400 if form.errors else 200
    return render(
        request, "performers/consents/withdraw.html", _desk(_("Cabut izin"), consent.person) | shown, status=status
    )


def _is_valid(request: HttpRequest, form: GiveForm) -> bool:
    valid = form.is_valid()
    if not (reason := scans.lost(request)):
        return valid
    form.errors.pop("scan", None)
    form.add_error("scan", reason)
    return False


def _desk(title: str, person: Person | None = None) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
        {"url": reverse("consents:index"), "label": _("Izin")},
    ]
    if person:
        crumbs.append({"url": reverse("consents:of_person", args=[person.pk]), "label": person.name})
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "doc-full-inverse",
    }
