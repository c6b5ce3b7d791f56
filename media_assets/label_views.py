"""The pages at /adat/label/: which songs bear which labels, putting one on or taking it off, the cover, the voice."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.office import room, sending
from media_assets import covering, fitness, labelling, permissions, protocol, uploads
from media_assets.label_forms import CoverForm, LabelForm, ReasonForm
from media_assets.models import CouncilMember, LabelSetting, SenjangPage
from media_assets.models.labels import voice_storage

View = Callable[..., HttpResponseBase]


def _for_readers(view: View) -> View:
    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.can_read_labels(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_for_readers
def index(request: HttpRequest) -> HttpResponseBase:
    """Every published senjang and every one that bears a label, with what is asked of it."""
    senjang = SenjangPage.objects.with_labels().order_by("title")
    standings = fitness.standings_of(page.pk for page in senjang)
    rows = [(page, standings[page.pk]) for page in senjang]
    return render(request, "media_assets/adat/labels.html", {"rows": rows})


@require_safe
@_for_readers
def of_senjang(request: HttpRequest, pk: int) -> HttpResponseBase:
    senjang = get_object_or_404(SenjangPage, pk=pk)
    standing = fitness.standing_of(pk)
    marks = {mark.key: mark for mark in standing.marks}
    words = {
        "senjang": senjang,
        "standing": standing,
        "why": protocol.allows(standing, "web", timezone.localdate()).reasons,
        "rows": [(label, marks.get(label.key)) for label in protocol.LABELS.values()],
        "is_member": CouncilMember.objects.seat_of(request.user) is not None,
        "may_cover": permissions.can_cover(request.user),
        "history": senjang.label_settings.select_related("member__person"),
        "covers": senjang.covers.all(),
        "takedowns": senjang.takedowns.select_related("answer__member__person"),
    }
    return render(request, "media_assets/adat/labels_of.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_readers
def label(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """One label of one senjang: put it on, change it, or take it off."""
    if key not in protocol.LABELS:
        raise Http404
    senjang = get_object_or_404(SenjangPage, pk=pk)
    last = LabelSetting.objects.of(senjang, key).select_related("senjang", "member__person").first()
    form, lift = LabelForm(key, initial=_initial(last)), ReasonForm(prefix="lepas")
    if request.method == "POST" and "lepas" in request.POST:
        lift = ReasonForm(request.POST, prefix="lepas")
        if lift.is_valid() and lift.save(labelling.take_off, senjang, key, by=request.user):
            return _done(request, senjang, _("Label dilepas."))
    elif request.method == "POST":
        form = LabelForm(key, request.POST, request.FILES)
        if _is_valid(request, form) and form.save(senjang, by=request.user):
            return _done(request, senjang, _("Label terpasang."))
    words = {
        "senjang": senjang,
        "label": protocol.LABELS[key],
        "setting": last if last and last.is_set else None,
        "form": form,
        "lift": lift,
        "opposite": (opposite := labelling.opposite(senjang, key)),
        "may_put_on": permissions.can_put_on_label(request.user, last)
        and permissions.can_replace_label(request.user, opposite),
        "may_take_off": last is not None and last.is_set and permissions.can_take_off_label(request.user, last),
    }
    status = 400 if form.errors or lift.errors else 200
    return render(request, "media_assets/adat/label.html", words, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_readers
def cover(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not permissions.can_cover(request.user):
        raise PermissionDenied
    senjang = get_object_or_404(SenjangPage, pk=pk)
    standing = covering.cover_of(senjang)
    form, lift = CoverForm(initial={"note": standing.note if standing else ""}), ReasonForm(prefix="lepas")
    if request.method == "POST" and "lepas" in request.POST:
        lift = ReasonForm(request.POST, prefix="lepas")
        if lift.is_valid() and lift.save(covering.uncover, senjang, by=request.user):
            return _done(request, senjang, _("Catatan dilepas."))
    elif request.method == "POST":
        form = CoverForm(request.POST)
        if form.is_valid() and form.save(senjang, by=request.user):
            return _done(request, senjang, _("Catatan terpasang di depan senjang."))
    words = {"senjang": senjang, "cover": standing, "form": form, "lift": lift}
    status = 400 if form.errors or lift.errors else 200
    return render(request, "media_assets/adat/cover.html", words, status=status)


@require_safe
def voice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For everybody while the song is public and the label in force; for council and staff always."""
    setting = get_object_or_404(LabelSetting.objects.exclude(voice="").select_related("senjang"), pk=pk)
    if not (_is_heard(setting) or permissions.can_read_labels(request.user)):
        raise Http404
    return sending.send(request, voice_storage(), str(setting.voice), content_type="audio/mpeg")


def buttons(page: Page, user: Any) -> Iterator[Button]:
    """For a senjang's menus: what the council asks of its use."""
    if isinstance(page, SenjangPage) and permissions.can_read_labels(user):
        yield Button(_("Label adat"), url=labelling.address(page), icon_name="tag", priority=60)


def _is_heard(setting: LabelSetting) -> bool:
    stands = LabelSetting.objects.in_force().filter(pk=setting.pk).exists()
    return stands and setting.senjang.is_public and bool(fitness.allows(setting.senjang, "web", timezone.localdate()))


def _initial(last: LabelSetting | None) -> dict[str, str]:
    if last is None or not last.is_set or not last.season:
        return {"words": last.words} if last and last.is_set else {}
    ends = {"from": last.opens, "until": last.closes}
    told = {f"{end}_month": str(int(day[:2])) for end, day in ends.items()}
    return told | {f"{end}_day": str(int(day[3:])) for end, day in ends.items()} | {"words": last.words}


def _is_valid(request: HttpRequest, form: LabelForm) -> bool:
    """A voice that was not even written to disk says why, instead of counting as none."""
    valid = form.is_valid()
    if uploads.announces_too_much(request):
        reason = _("Rekaman suara ini terlalu besar: paling besar 10 MB.")
    elif room.was_short(request):
        reason = room.none_left()
    else:
        return valid
    form.errors.pop("voice", None)
    form.add_error("voice", reason)
    return False


def _done(request: HttpRequest, senjang: SenjangPage, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("labels_of", senjang.pk)
