"""What needs me today: the admin's first page, by what each person may see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from campaigns import announcing
from campaigns.models import CampaignPage, LicenceFact, Scan
from cms.office.dates import long_moment
from cms.office.models import Notice
from cms.publishing import LATE, asleep_since
from media_assets.models import Rendition, Submission

SHOWN = 6
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One thing to look at; `tag` is a word, `shape` its class: ok, wait or stop."""

    title: str
    url: str = ""
    note: str = ""
    tag: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]
    more: str = ""


@dataclass(frozen=True)
class Figure:
    number: int
    label: str


def sections(user: Any, day: date) -> list[Section]:
    """Those that this person may see and that hold something; one query each."""
    found = [make(user, day) for permission, make in SECTIONS if user.has_perm(permission)]
    return [section for section in found if section.rows]


def sent_back(user: Any, day: date) -> Section:
    returned = Submission.objects.sent_back().select_related("ruling")
    rows = [
        Row(s.title, _text_url(user, s), _("dikembalikan %(day)s") % {"day": _day(s.ruling.at)}, _("Perbaiki"), "stop")
        for s in returned[:SHOWN]
    ]
    return Section(_("Dikembalikan Lembaga Adat"), rows)


def with_council(user: Any, day: date) -> Section:
    rows = [
        Row(
            s.title,
            reverse("adat_submission", args=[s.pk]),
            _("diajukan %(day)s") % {"day": _day(s.submitted_at)},
            _("Menunggu"),
            "wait",
        )
        for s in Submission.objects.waiting()[:SHOWN]
    ]
    return Section(_("Sedang dibaca Lembaga Adat"), rows)


def files(user: Any, day: date) -> Section:
    unready = Rendition.objects.exclude(state=Rendition.State.READY).select_related("master__recording")
    rows = [
        Row(
            f"{r.master.recording} ({r.recipe})",
            reverse("recordings:detail", args=[r.master.recording_id]),
            r.error or _("%(percent)d %% selesai") % {"percent": r.progress},
            r.get_state_display().capitalize(),
            "stop" if r.state == Rendition.State.FAILED else "wait",
        )
        for r in unready.order_by("state", "-touched_at")[:SHOWN]
    ]
    return Section(_("Berkas rekaman"), rows, reverse("recordings:index"))


def coming_facts(user: Any, day: date) -> Section:
    ahead = LicenceFact.objects.ahead_of(day).select_related("licence")
    rows = [
        Row(
            fact.licence.title,
            reverse("wagtailadmin_pages:edit", args=[fact.licence_id]),
            _("%(what)s berubah mulai %(day)s")
            % {"what": fact.get_key_display(), "day": date_format(fact.valid_from, "l, j F Y")},
        )
        for fact in ahead[:SHOWN]
    ]
    return Section(_("Layanan yang akan berubah"), rows)


def scheduled(user: Any, day: date) -> Section:
    now = timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    rows = [
        Row(
            revision.content["title"],
            reverse("wagtailadmin_pages:edit", args=[revision.object_id]),
            _moment(revision.approved_go_live_at),
            *((_("Terlambat"), "stop") if revision.approved_go_live_at < now - LATE else (_("Akan tayang"), "wait")),
        )
        for revision in due[:SHOWN]
    ]
    return Section(_("Akan tayang"), rows)


def running(user: Any, day: date) -> Section:
    campaigns = CampaignPage.objects.live().running_on(day).order_by("ends")[:SHOWN]
    rows = [
        Row(card.title, card.url, card.dates, card.state, card.state_tag.removeprefix("tag-"))
        for card in announcing.cards(campaigns, day)
    ]
    return Section(_("Kampanye yang berjalan"), rows)


SECTIONS: list[tuple[str, Callable[[Any, date], Section]]] = [
    ("media_assets.view_submission", sent_back),
    ("media_assets.view_recording", files),
    ("media_assets.submit_senjang", scheduled),
    ("campaigns.add_licencefact", coming_facts),
    ("media_assets.view_submission", with_council),
    ("wagtailadmin.access_admin", running),
]


def figures(user: Any, day: date) -> list[Figure]:
    """Of the seven days that end today, summed from the rows that the report shows."""
    if not user.has_perm("campaigns.view_scan"):
        return []
    days = list(Scan.objects.figures(Scan.Per.DAY, since=day - WEEK + timedelta(days=1), until=day))
    labels = {
        "raw": _("pindaian"),
        "unique": _("perangkat"),
        "shares": _("dari tautan"),
        "plays": _("mulai diputar"),
        "listens": _("didengar 30 detik"),
    }
    return [Figure(sum(row[name] for row in days), label) for name, label in labels.items()]


def alarm(user: Any) -> str:
    """What the worker that stands still cannot tell by itself; '' while it runs and for whoever schedules nothing."""
    since = asleep_since(timezone.now()) if user.has_perm("media_assets.submit_senjang") else None
    return (
        _("Penerbitan terjadwal berhenti sejak %(moment)s; hubungi administrator.") % {"moment": long_moment(since)}
        if since
        else ""
    )


class Today(Component):
    """The one panel of the first page."""

    name = "hari_ini"
    template_name = "cms/admin/today.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request: HttpRequest = (parent_context or {})["request"]
        day = timezone.localdate()
        return {
            "request": request,
            "day": day,
            "alarm": alarm(request.user),
            "notices": list(Notice.objects.open_for(request.user)[:20]),
            "sections": sections(request.user, day),
            "figures": figures(request.user, day),
            "since": day - WEEK + timedelta(days=1),
        }


def panels() -> Iterable[Component]:
    return [Today()]


def _text_url(user: Any, submission: Submission) -> str:
    """Whoever may mend the text goes to the editor, others read what the council said."""
    if submission.page_id and user.has_perm("media_assets.submit_senjang"):
        return reverse("wagtailadmin_pages:edit", args=[submission.page_id])
    return reverse("adat_submission", args=[submission.pk])


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "l, j F Y H.i") + " WIB"
