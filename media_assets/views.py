"""The council's pages at /adat/: what waits, the text, the verdict; by log-in or by secret link."""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.office import links
from media_assets import council_home, invitations, looking_back, permissions, reading, sheet
from media_assets.forms import VerdictForm
from media_assets.models import CouncilMember, Submission, TakedownRequest

KEY = re.compile(rf"{links.KEY}(?![\w-])")
READ = ("page", "task_state", "submitted_by")


def _private(response: HttpResponse) -> HttpResponse:
    """Not kept, not indexed, and its address (with a link's key) told to no other site.

    Not `no-referrer`: browsers would then send `Origin: null` with the form, which the CSRF check refuses.
    """
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("media_assets.decide_senjang"):
        raise PermissionDenied
    member = CouncilMember.objects.seat_of(request.user)
    if member is None:
        return _private(render(request, "media_assets/adat/no_seat.html"))
    decided = council_home.decided(member, request.GET.get("halaman", ""))
    words = {
        "member": member,
        "takedowns": TakedownRequest.objects.to_answer(),
        "waiting": council_home.waiting(member),
        "decided": decided,
        "fates": council_home.fates(list(decided), member),
    }
    return _private(render(request, "media_assets/adat/waiting.html", words))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Submission.objects.select_related(*READ), pk=pk)
    if not permissions.can_read_submission(request.user, subject):
        raise Http404
    member = CouncilMember.objects.seat_of(request.user)
    if member and reading.is_by_a_person(request):
        reading.note(subject, member=member, by=request.user)
    return _review(request, subject, member, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, key: str) -> HttpResponse:
    opened = invitations.opened_by(key)
    if opened is None:
        return _shut(request)
    subject, member = opened.invitation.submission, opened.invitation.member
    user = request.user
    theirs = not user.is_authenticated or member.person.user_id == user.pk
    if request.method == "POST" and not theirs:
        words = {"member": member, "submission": subject}
        return _private(render(request, "media_assets/adat/other_account.html", words, status=403))
    if theirs and reading.is_by_a_person(request):
        reading.note(subject, member=member, through=opened.through)
    return _review(request, subject, member, through=opened.through)


def torn_link(request: HttpRequest, sent: str) -> HttpResponse:
    """An address as messengers hand it on: without its end, or with a sign stuck to it; a whole key still opens."""
    whole = KEY.match(sent)
    if whole and request.method == "GET" and invitations.opened_by(whole[0]):
        return _private(redirect("adat_link", whole[0]))
    return _shut(request)


def _shut(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "media_assets/adat/shut.html", status=404))


def _review(
    request: HttpRequest, subject: Submission, member: CouncilMember | None, *, by: Any = None, through: str = ""
) -> HttpResponse:
    """GET reads; POST asks back once, and only the second POST decides, so that no link preview ever does."""
    form, status = VerdictForm(request.POST or None), 200
    if request.method == "POST":
        if member is None:
            raise PermissionDenied
        step = form.data.get("step", "")
        if not form.is_valid():
            status = 400
        elif step == "":
            words = {
                "submission": subject,
                "member": member,
                "form": form,
                "agreeing_does": sheet.agreeing_does(subject, member),
            }
            return _private(render(request, "media_assets/adat/confirm.html", words))
        elif step == "catat":
            try:
                form.save(subject, member=member, by=by, through=through)
            except ValidationError as refused:
                form.add_error(None, refused.messages[0])
                status = 409
            else:
                return _private(redirect(request.path))
    read = sheet.words(subject, member) | {
        "form": form,
        "by_link": bool(through),
        "fate": council_home.fate(subject, member),
    }
    read |= looking_back.words(subject, member, read["parts"], compare=request.GET.get("beda") == "1")
    return _private(render(request, "media_assets/adat/submission.html", read, status=status))
