"""A submission's papers in the admin: make and open them, record what was ticked, look at the scan."""

from io import BytesIO
from types import ModuleType
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from cms.office import names, papers, scans, sending
from cms.office.models import Paper
from cms.office.pdf import PdfError
from media_assets import (
    approval_sheet,
    minutes,
    paper_entry,
    permissions,
    ruling_record,
    sheet,
    sitting_sheet,
)
from media_assets.council_views import readable
from media_assets.models import Decision, SignedSheet, Sitting, Submission
from media_assets.paper_forms import EntryForms
from media_assets.paper_verdicts import earlier, in_words
from media_assets.review_state import ReviewState, eligible

READ = ("page", "task_state", "submitted_by")
PAPERS: dict[str, tuple[ModuleType, str]] = {  # by the name of its address: who makes it, and its file's name
    "approval_sheet": (approval_sheet, "lembar-persetujuan"),
    "sitting_sheet": (sitting_sheet, "lembar-sidang"),
    "minutes": (minutes, "berita-acara"),
}


def urls() -> list[URLPattern]:
    made = [path(f"<row:pk>/{file}/", _paper, {"name": name}, name=name) for name, (_m, file) in PAPERS.items()]
    return [
        *made,
        path("<row:pk>/lembar-sidang/catat/", enter, name="enter_paper"),
        path("<row:pk>/lembar-sidang/pindaian/<row:sheet_pk>/", scan, name="sheet_scan"),
    ]


def words(user: Any, submission: Submission, *, waits: bool) -> dict[str, Any]:
    """What the submission's page shows of its papers."""
    may_enter = permissions.can_enter_paper(user)
    return {
        "paper": approval_sheet.of(submission),
        "may_make_paper": may_enter and approval_sheet.may_be_made(submission),
        "minutes": minutes.of(submission),
        "may_make_minutes": may_enter and minutes.may_be_made(submission),
        "sitting_paper": sitting_sheet.of(submission),
        "may_make_sitting_paper": waits and may_enter,
        "may_enter_paper": waits and may_enter,
        "open_sheet": SignedSheet.objects.open_for(submission) if waits else None,
        "sittings": Sitting.objects.filter(sheet__submission=submission).select_related("first_by", "second_by"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def _paper(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """POST makes the paper and leads to it; GET opens the one that was made."""
    submission, (module, file) = readable(request, pk), PAPERS[name]
    if request.method == "POST":
        try:
            module.issue(submission, by=request.user)
        except ValidationError as refused:
            return _refused(request, submission, refused.messages[0])
        except PdfError as refused:
            return _refused(request, submission, str(refused))
        return redirect(f"submissions:{name}", submission.pk)
    paper = module.of(submission)
    if paper is None:
        raise Http404
    return FileResponse(BytesIO(papers.pdf(paper)), content_type="application/pdf", filename=f"{file}-{paper.code}.pdf")


@require_safe
def scan(request: HttpRequest, pk: int, sheet_pk: int) -> HttpResponseBase:
    """A private scan, to whoever reads submissions."""
    readable(request, pk)
    found = get_object_or_404(SignedSheet, submission=pk, pk=sheet_pk)
    return sending.send(request, scans.storage(), str(found.file), content_type=found.kind)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """What the code on a sheet opens: say what was ticked, or read why there is nothing to say any more."""
    if not permissions.can_enter_paper(request.user):
        raise PermissionDenied
    submission = get_object_or_404(Submission.objects.select_related(*READ), pk=pk)
    paper, state = sitting_sheet.of(submission), sheet.footing(submission, None)
    if paper is None:
        return _refused(request, submission, _("Buat dan cetak dulu lembar sidangnya."))
    if state.key != "reading":
        return render(request, "media_assets/council/paper_closed.html", _closed(submission, paper, state))
    current = SignedSheet.objects.open_for(submission)
    again = current is not None and request.GET.get("pindaian") == "baru"
    forms = _forms(request, submission, current, with_scan=current is None or again)
    status = 200
    if request.method == "POST":
        if _is_valid(request, forms) and _record(request, submission, forms):
            return redirect("submissions:enter_paper", submission.pk)
        status = 400
        current = SignedSheet.objects.open_for(submission)
    shown = _shown(request, submission, paper, current, again) | {"forms": forms}
    return render(request, "media_assets/council/paper_entry.html", shown, status=status)


def _forms(request: HttpRequest, submission: Submission, current: SignedSheet | None, *, with_scan: bool) -> EntryForms:
    members = eligible(submission)
    return EntryForms(
        members,
        sent=(request.POST, request.FILES) if request.method == "POST" else None,
        with_scan=with_scan,
        sheet=current.pk if current else None,
        own=_own(request, current),
        said={member: in_words(decisions) for member, decisions in earlier(submission).items()},
    )


def _is_valid(request: HttpRequest, forms: EntryForms) -> bool:
    valid = forms.is_valid()
    if not forms.with_scan or not (reason := scans.lost(request)):
        return valid
    forms.sitting.errors.pop("scan", None)
    forms.sitting.add_error("scan", reason)
    return False


def _record(request: HttpRequest, submission: Submission, forms: EntryForms) -> bool:
    reading, seen = forms.reading(), forms.sitting.cleaned_data["sheet"]
    try:
        if forms.with_scan:
            file = forms.sitting.cleaned_data["scan"]
            row = paper_entry.start(submission, reading, scan=file, replaces=seen, by=request.user)
        else:
            row = paper_entry.read(submission, reading, sheet=seen or 0, by=request.user)
    except ValidationError as refused:
        forms.refuse(refused)
        return False
    if Sitting.objects.filter(sheet=row.sheet).exists():
        messages.success(request, _("Kedua bacaan sama. Putusan anggota sudah dicatat."))
    elif paper_entry.differing(row.sheet, request.user):
        messages.warning(request, _("Tercatat, tetapi bacaan Anda dan bacaan petugas lain belum sama."))
    else:
        messages.success(request, _("Bacaan Anda tercatat. Sekarang petugas lain membaca pindaian yang sama."))
    return True


def _shown(
    request: HttpRequest, submission: Submission, paper: Paper, current: SignedSheet | None, again: bool
) -> dict[str, Any]:
    own = _own(request, current)
    return _desk(submission) | {
        "submission": submission,
        "paper": paper,
        "sheet": current,
        "again": again,
        "own": own,
        "differing": paper_entry.told(paper_entry.differing(current, request.user)) if current and own else [],
        "questions": [question.label for question in Decision.OF_MEMBERS],
        "barred": ruling_record.barred(submission),
        "officers": [names.of_account(one.officer) for one in current.readings.latest_of_each()] if current else [],
    }


def _own(request: HttpRequest, current: SignedSheet | None) -> Any:
    return current.readings.filter(officer=request.user.pk).first() if current else None


def _refused(request: HttpRequest, submission: Submission, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("submissions:inspect", submission.pk)


def _closed(submission: Submission, paper: Paper, state: ReviewState) -> dict[str, Any]:
    return _desk(submission) | {
        "submission": submission,
        "paper": paper,
        "state": state,
        "newer": sitting_sheet.newer_than(submission),
        "sittings": Sitting.objects.filter(sheet__submission=submission).select_related("first_by", "second_by"),
    }


def _desk(submission: Submission) -> dict[str, Any]:
    title = _("Catat lembar sidang")
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
        {"url": reverse("submissions:index"), "label": _("Pengajuan")},
        {"url": reverse("submissions:inspect", args=[submission.pk]), "label": submission.title},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "clipboard-list"}
