"""The council's pages at /adat/: what waits, the text, the verdict; by log-in or by secret link."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.office import links
from media_assets import council_home, guides, invitations, looking_back, margin, sheet
from media_assets.forms import VerdictForm
from media_assets.models import CouncilMember, Submission, TakedownRequest
from media_assets.readers import Reader, council_page, private, shut

KEY = re.compile(rf"{links.KEY}(?![\w-])")


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("media_assets.decide_senjang"):
        raise PermissionDenied
    member = CouncilMember.objects.seat_of(request.user)
    if member is None:
        return private(_without_seat(request))
    decided = council_home.decided(member, request.GET.get("halaman", ""))
    words = {
        "member": member,
        "takedowns": TakedownRequest.objects.to_answer(),
        "waiting": council_home.waiting(member),
        "decided": decided,
        "fates": council_home.fates(list(decided), member),
    }
    return private(render(request, "media_assets/adat/waiting.html", words))


def _without_seat(request: HttpRequest) -> HttpResponse:
    """Who sat here once still sees what they decided and what became of it."""
    former = CouncilMember.objects.former_seat_of(request.user)
    if former is None:
        return render(request, "media_assets/adat/no_seat.html")
    decided = council_home.decided(former, request.GET.get("halaman", ""))
    words = {"member": former, "decided": decided, "fates": council_home.fates(list(decided), former)}
    return render(request, "media_assets/adat/seat_ended.html", words)


def torn_link(request: HttpRequest, sent: str) -> HttpResponse:
    """An address as messengers hand it on: without its end, or with a sign stuck to it; a whole key still opens.

    The address it leads on to notes the use.
    """
    whole = KEY.match(sent)
    if whole and request.method == "GET" and invitations.opened_by(whole[0], by_person=False):
        return private(redirect("adat_link", whole[0]))
    return private(shut(request))


@council_page
def review(request: HttpRequest, reader: Reader) -> HttpResponse:
    """GET reads; POST asks back once, and only the second POST decides, so that no link preview ever does."""
    subject, member = reader.submission, reader.member
    form, status = VerdictForm(request.POST or None), 200
    if request.method == "POST":
        if member is None:
            raise PermissionDenied
        step = form.data.get("step", "")
        if not form.is_valid() or (step == "" and not form.is_possible(subject)):
            status = 400
        elif step == "":
            return _ask_back(request, subject, member, form)
        elif step == "catat":
            if _is_recorded(form, reader, member):
                messages.success(request, form.done, f"alasan-{form.cleaned_data['verdict']}")
                return redirect(request.path)
            status = 409
    read = sheet.words(subject, member) | {
        "form": form,
        "reader": reader,
        "by_link": bool(reader.through),
        "guide": None if reader.has_left else guides.heard(subject),
        "fate": council_home.fate(subject, member),
    }
    read |= looking_back.words(subject, member, read["parts"], compare=request.GET.get("beda") == "1")
    read["newer_address"] = reader.address_of(read["newer"]) if read["newer"] else ""
    return render(request, "media_assets/adat/submission.html", read, status=status)


def _ask_back(request: HttpRequest, subject: Submission, member: CouncilMember, form: VerdictForm) -> HttpResponse:
    words = {
        "submission": subject,
        "member": member,
        "form": form,
        "agreeing_does": sheet.agreeing_does(subject, member, margin.of(subject).open),
        "wishes": margin.wishes(subject, member) if form.wishes else [],
    }
    return render(request, "media_assets/adat/confirm.html", words)


def _is_recorded(form: VerdictForm, reader: Reader, member: CouncilMember) -> bool:
    """The use case's refusal stands in the form."""
    try:
        form.save(reader.submission, member=member, by=reader.by, through=reader.through)
    except ValidationError as refused:
        form.add_error(None, _("Putusan Anda belum tercatat. %(why)s") % {"why": refused.messages[0]})
        return False
    return True
