"""The report on the trail: who did what to which thing, and when; screen, CSV and XLSX show the same rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from cms.office.dates import long_moment
from cms.office.desks import menu_item_for
from cms.office.exports import PlainExport
from cms.office.models import Trail

DEEDS = {
    "ajukan": _("Mengajukan ke Lembaga Adat"),
    "beda lembar sidang": _("Bacaan lembar sidang berbeda"),
    "beri izin": _("Mencatat izin seseorang"),
    "buat tautan": _("Membuat tautan anggota"),
    "cabut izin": _("Mencabut izin seseorang"),
    "cabut persetujuan": _("Mencabut persetujuan"),
    "cabut tautan": _("Mencabut tautan anggota"),
    "catat": _("Anggota menulis catatan"),
    "catat lembar sidang": _("Mencatat bacaan lembar sidang"),
    "dibaca": _("Anggota membuka teks"),
    "disetujui": _("Disetujui Lembaga Adat"),
    "fakta cocok": _("Fakta layanan diperiksa kantor"),
    "atur cakram": _("Mengatur lagu di cakram"),
    "buat cakram": _("Menyusun cakram"),
    "edisi cakram": _("Edisi cakram selesai"),
    "hitung ulang": _("Menghitung lagi suara anggota"),
    "hold": _("Menahan kode"),
    "isi cakram": _("Menambah lagu ke cakram"),
    "jawab catatan": _("Menjawab catatan anggota"),
    "kesampingkan saran": _("Mengesampingkan saran bentuk"),
    "lepas label": _("Melepas label adat"),
    "lepas penutup": _("Melepas catatan sebelum dibuka"),
    "lepas panduan": _("Melepas rekaman panduan"),
    "mencatat fakta": _("Mencatat isi layanan"),
    "mengimpor katalog": _("Mengimpor layanan"),
    "minta perbaikan": _("Anggota minta perbaikan"),
    "mohon turun": _("Permohonan penurunan dari umum"),
    "muat contoh": _("Memuat isi contoh"),
    "pasang label": _("Memasang label adat"),
    "pasang penutup": _("Menutup senjang dengan catatan"),
    "permohonan dikabulkan": _("Mengabulkan permohonan penurunan"),
    "permohonan ditolak": _("Menolak permohonan penurunan"),
    "perpanjang": _("Ketua memperpanjang waktu"),
    "place": _("Menempatkan kode"),
    "recording.add": _("Mengunggah rekaman"),
    "recording.replace": _("Mengganti berkas rekaman"),
    "recording.keep": _("Memakai rekaman yang cacat"),
    "recording.timeline": _("Menyimpan garis waktu rekaman"),
    "recording.timing": _("Menyimpan waktu lirik"),
    "recording.words": _("Menetapkan lirik rekaman"),
    "release": _("Melepas kode"),
    "rendition.retry": _("Mengulang berkas rekaman"),
    "retarget": _("Mengarahkan kode ke tujuan lain"),
    "retire": _("Memensiunkan kode"),
    "sahkan lembar sidang": _("Dua petugas membaca lembar sidang sama"),
    "setuju dengan usul": _("Anggota setuju dengan usul"),
    "setujui": _("Anggota setuju"),
    "simpan kata": _("Menyimpan usulan kata"),
    "tampilkan saran": _("Menampilkan lagi saran bentuk"),
    "tarik catatan": _("Anggota menarik catatan"),
    "tarik kembali": _("Menarik kembali pengajuan"),
    "tekan cakram": _("Meminta edisi cakram"),
    "terbitkan kata": _("Menerbitkan kata"),
    "terbitkan surat": _("Membuat surat bernomor"),
    "terima usul": _("Menerima usul anggota"),
    "tetapkan panduan": _("Menetapkan rekaman panduan"),
    "tidak untuk umum": _("Anggota: tidak untuk umum"),
    "tolak kata": _("Tidak memakai usulan kata"),
    "tolak usul": _("Tidak memakai usul anggota"),
    "ubah cakram": _("Mengubah keterangan cakram"),
    "undur diri": _("Anggota tidak ikut memutuskan"),
    "usul kata": _("Anggota menjelaskan kata"),
}
SUBMISSION = "media_assets.submission"
DOORS = {  # the screen of a thing in the admin, and who may open it; pages have their own doors
    SUBMISSION: ("submissions:inspect", "media_assets.view_submission"),
    "media_assets.recording": ("recordings:detail", "media_assets.view_recording"),
    "media_assets.disc": ("discs:detail", "media_assets.view_disc"),
    "media_assets.word": ("words:edit", "media_assets.change_word"),
    "performers.person": ("consents:of_person", "performers.view_consent"),
    "campaigns.code": ("codes:inspect", "campaigns.view_code"),
}
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)  # at the calendar's ends a day has no midnight elsewhere
Key = tuple[str, str]


@dataclass(frozen=True)
class Thing:
    name: str
    url: str = ""


def deed(line: Trail) -> str:
    return str(DEEDS.get(line.verb, capfirst(line.verb)))


def _moment(line: Trail) -> str:
    return long_moment(line.at)


def deeds() -> list[tuple[str, Any]]:
    """What has happened so far, for the filter, in the order of its words."""
    verbs = Trail.objects.order_by().values_list("verb", flat=True).distinct()
    return sorted(((verb, DEEDS.get(verb, capfirst(verb))) for verb in verbs), key=lambda choice: str(choice[1]))


def things(lines: Iterable[Trail], user: Any) -> dict[Key, Thing]:
    """What the lines are about, one query a kind; a link only where it opens for this user."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, pk in map(_about, lines):
        wanted[kind].add(pk)
    edits = page_permission_policy.user_has_any_permission(user, ["change"])
    found = {}
    for kind, pks in wanted.items():
        try:
            model = apps.get_model(kind)
        except LookupError:  # a kind of thing that Bersenjang no longer knows; the line's text still tells of it
            continue
        for row in model._default_manager.filter(pk__in=pks):
            name = f"{capfirst(model._meta.verbose_name)}: {row}"
            found[kind, str(row.pk)] = Thing(name, _page_url(row, edits) if isinstance(row, Page) else _url(row, user))
    return found


def _about(line: Trail) -> Key:
    """The thing; of a deed of the council the submission, for that is the very text that was decided."""
    submission = line.data.get("submission")
    return (SUBMISSION, str(submission)) if submission else (line.subject_type, line.subject_id)


def _url(row: Model, user: Any) -> str:
    name, permission = DOORS.get(row._meta.label_lower, ("", ""))
    return reverse(name, args=[row.pk]) if name and user.has_perm(permission) else ""


def _page_url(page: Page, edits: bool) -> str:
    if edits:
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return (page.get_url() or "") if page.live else ""


class TrailFilters(WagtailFilterSet):
    since = django_filters.DateFilter(label=_("Mulai tanggal"), method="from_day", widget=AdminDateInput)
    until = django_filters.DateFilter(label=_("Sampai dengan tanggal"), method="to_day", widget=AdminDateInput)
    verb = django_filters.ChoiceFilter(label=_("Perbuatan"), choices=deeds, empty_label=_("Semua"))
    actor_name = django_filters.AllValuesFilter(label=_("Siapa"), empty_label=_("Semua"))

    class Meta:
        model = Trail
        fields: list[str] = []

    def from_day(self, lines: QuerySet[Trail], name: str, day: date) -> QuerySet[Trail]:
        return lines.filter(at__gte=_midnight(day))

    def to_day(self, lines: QuerySet[Trail], name: str, day: date) -> QuerySet[Trail]:
        return lines.filter(at__lt=_midnight(min(day, LATEST) + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(max(day, EARLIEST), time.min))


class ThingColumn(Column):
    cell_template_name = "cms/admin/thing_cell.html"


class TrailReport(PlainExport, ReportView):
    model = Trail
    permission_policy = ModelPermissionPolicy(Trail)
    permission_required = "view"
    page_title = _("Jejak")
    header_icon = "history"
    index_url_name = "trail_report"
    index_results_url_name = "trail_report_results"
    filterset_class = TrailFilters
    is_searchable = True
    search_fields = ["text"]
    search_backend_name = None
    export_filename = "jejak"
    list_export = ["at", "actor_name", "deed", "about", "text"]
    export_headings = {
        "at": _("Waktu (WIB)"),
        "actor_name": _("Siapa"),
        "deed": _("Perbuatan"),
        "about": _("Tentang"),
        "text": _("Uraian"),
    }

    default_ordering = ["-at", "-pk"]

    @cached_property
    def columns(self) -> list[Column]:
        told = {"classname": "trail"}  # on a phone a line of the trail is read downwards (admin.css)
        return [
            Column(
                "at", label=_("Waktu"), accessor=lambda line: long_moment(line.at), sort_key="at", width="16%", **told
            ),
            Column("actor_name", label=_("Siapa"), sort_key="actor_name", **told),
            Column("verb", label=_("Perbuatan"), accessor=deed, sort_key="verb", **told),
            ThingColumn("about", label=_("Tentang"), accessor=self.thing, width="22%", **told),
            Column("text", label=_("Uraian"), **told),
        ]

    def decorate_paginated_queryset(self, object_list: Iterable[Trail]) -> list[Trail]:
        lines = list(object_list)
        self.known = things(lines, self.request.user)
        return lines

    def thing(self, line: Trail) -> Thing:
        return self.known.get(_about(line), Thing("–"))

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        moment = timezone.make_naive(item.at).replace(microsecond=0)
        return dict(
            zip(self.list_export, (moment, item.actor_name, deed(item), self.thing(item).name, item.text), strict=True)
        )


def menu_item() -> MenuItem:
    return menu_item_for(lambda user: user.has_perm("office.view_trail"))(
        _("Jejak"), reverse("trail_report"), name="jejak", icon_name="history", order=500
    )


def urls() -> list[URLPattern]:
    return [
        path("reports/jejak/", TrailReport.as_view(), name="trail_report"),
        path("reports/jejak/hasil/", TrailReport.as_view(results_only=True), name="trail_report_results"),
    ]
