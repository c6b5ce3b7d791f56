"""A council member's notes: one line with its form, and taking a note back; by log-in or by secret link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from media_assets import lyrics, margin, noting, sheet
from media_assets.forms import NoteForm
from media_assets.models import LineNote
from media_assets.readers import Reader, council_page


@council_page
def note(request: HttpRequest, reader: Reader) -> HttpResponse:
    """The form for one line, a page of its own where no script opens it in place; POST records."""
    uid = str((request.POST or request.GET).get("baris", ""))
    form, status = NoteForm(request.POST or None), 200
    if request.method == "POST":
        if reader.member is None:
            raise PermissionDenied
        status = 400
        if form.is_valid():
            try:
                form.save(reader.submission, uid=uid, member=reader.member, by=reader.by, through=reader.through)
            except ValidationError as refused:
                form.refuse(refused)
                status = 409
            else:
                messages.success(request, _("Catatan Anda tersimpan. Staf akan menjawabnya."), f"catatan-{uid}")
                return redirect(f"{reader.home}#baris-{uid}")
    place = margin.places(reader.submission).get(uid)
    if place is None and status == 200:
        raise Http404
    words = {
        "reader": reader,
        "submission": reader.submission,
        "form": form,
        "line": {"uid": uid, **lyrics.wording(place[1])._asdict()} if place else None,
        "lang": lyrics.language_tag(reader.submission.language),
        "footing": sheet.footing(reader.submission, reader.member),
    }
    return render(request, "media_assets/adat/note.html", words, status=status)


@council_page
def take_back(request: HttpRequest, reader: Reader, note: int) -> HttpResponse:
    if request.method != "POST":
        return redirect(reader.home)
    if reader.member is None:
        raise PermissionDenied
    found = get_object_or_404(LineNote.objects.on(reader.submission), pk=note)
    try:
        noting.take_back(
            found, submission=reader.submission, member=reader.member, by=reader.by, through=reader.through
        )
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Catatan Anda ditarik."))
    return redirect(f"{reader.home}#baris-{found.uid}")
