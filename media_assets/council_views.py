"""What staff do with one submission in the admin: take it back, make a member's link, withdraw the approval."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.office.models import SecretLink
from media_assets import answering, invitations, office_check, permissions, review, submitting, turns
from media_assets.forms import SaidForm
from media_assets.margin import Mark
from media_assets.models import Approval, CouncilMember, Decision, Invitation, LineNote, Submission


def approval_of(submission: Submission) -> Approval | None:
    """The approval that stands for exactly these words, whichever submission earned it."""
    return Approval.objects.filter(pk=submission.digest).first()


def invited(submission: Submission) -> list[tuple[Invitation, SecretLink | None, bool]]:
    """Each invitation with its newest link, and whether that one still opens."""
    rows = list(submission.invitations.select_related("member__person"))
    newest, now = invitations.leading_to(rows), timezone.now()
    links = [(row, newest.get(row.pk)) for row in rows]
    return [(row, link, bool(link and link.is_open_at(now))) for row, link in links]


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    submission = readable(request, pk)
    return _try(
        request, submission, lambda: submitting.recall(submission, by=request.user), _("Pengajuan ditarik kembali.")
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    submission = readable(request, pk)
    approval = approval_of(submission)
    if approval is None:
        messages.error(request, _("Tidak ada persetujuan yang dapat dicabut untuk teks ini."))
        return _back(submission)
    return _try(
        request,
        submission,
        lambda: review.withdraw(approval, reason=_said(request, "reason"), by=request.user),
        _("Persetujuan dicabut. Halaman yang memakai teks ini sudah diturunkan."),
    )


@require_POST
def check_facts(request: HttpRequest, pk: int) -> HttpResponse:
    submission = readable(request, pk)
    if request.POST.get("verdict") == Decision.Verdict.AGREE:
        return _try(request, submission, lambda: office_check.confirm(submission, by=request.user), _("Tercatat."))
    done = _("Senjang dikembalikan kepada penulisnya.")
    return _try(
        request,
        submission,
        lambda: office_check.send_back(submission, reason=_said(request, "reason"), by=request.user),
        done,
    )


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is shown in the answer itself, this once; it is kept nowhere."""
    submission = readable(request, pk)
    member = CouncilMember.objects.select_related("person").filter(pk=_number(request.POST.get("member", ""))).first()
    if member is None:
        messages.error(request, _("Pilih dulu anggotanya."))
        return _back(submission)
    try:
        address = invitations.invite(submission, member=member, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return _back(submission)
    words = {
        "submission": submission,
        "member": member,
        "address": address,
        "whatsapp": invitations.whatsapp(submission, member=member, address=address),
    }
    return render(request, "media_assets/council/link.html", words)


@require_POST
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    submission = readable(request, pk)
    done = _("Suaranya sudah cukup: senjang disetujui.")
    return _try(request, submission, lambda: turns.recount(submission, by=request.user), done)


@require_POST
def revoke(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    submission = readable(request, pk)
    subject = get_object_or_404(submission.invitations, pk=invitation)
    return _try(request, submission, lambda: invitations.revoke(subject, by=request.user), _("Tautan dicabut."))


def noted(user: Any, submission: Submission, waits: bool, read: dict[str, Any]) -> dict[str, Any]:
    """The notes with the number of their line, in the order of the text, those on lines that are gone at the end."""
    lines = [line for part in read["parts"] for stanza in part["stanzas"] for line in stanza]
    marks: list[tuple[Mark, int]] = [(mark, line.number) for line in lines for mark in line.notes]
    marks += [(mark, 0) for mark in read["margin"].lost]
    may_answer = permissions.can_answer_notes(user)
    return {
        "notes_open": [row for row in marks if row[0].note.is_open],
        "notes_closed": [row for row in marks if not row[0].note.is_open],
        "may_answer": may_answer,
        "may_accept": may_answer and waits and any(mark.fits and mark.note.is_open for mark, _number in marks),
    }


@require_POST
def answer(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    submission = readable(request, pk)
    found = get_object_or_404(LineNote.objects.on(submission), pk=note)
    how = answering.decline if "decline" in request.POST else answering.answer
    return _try(
        request,
        submission,
        lambda: how(found, words=_said(request, "words"), by=request.user),
        _("Jawaban tersimpan."),
    )


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the new version, whose page tells who is invited to it."""
    submission = readable(request, pk)
    keys = [_number(key) for key in request.POST.getlist("note")]
    try:
        newer = answering.accept(submission, notes=keys, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return _back(submission)
    messages.success(request, _("Usul diterima. Ini versi barunya, yang sekarang dibaca Lembaga Adat."))
    return _back(newer)


def readable(request: HttpRequest, pk: int) -> Submission:
    if not request.user.has_perm("media_assets.view_submission"):
        raise PermissionDenied
    return get_object_or_404(Submission, pk=pk)


def _said(request: HttpRequest, name: str) -> str:
    """What was typed; refused in words where it cannot be kept."""
    form = SaidForm({"words": request.POST.get(name, "")})
    if not form.is_valid():
        raise ValidationError(list(form.errors["words"]))
    return str(form.cleaned_data["words"])


def _try(request: HttpRequest, submission: Submission, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, done)
    return _back(submission)


def _back(submission: Submission) -> HttpResponse:
    return redirect("submissions:inspect", submission.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
