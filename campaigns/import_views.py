"""The screen for importing licences: choose a file, read the report, confirm."""

from typing import Any, Protocol

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from campaigns import importing, licence_table
from campaigns.permissions import can_import_licences
from cms.office import holding, tables

SLOT = "impor-layanan"
MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class View(Protocol):
    def __call__(self, request: HttpRequest) -> HttpResponse: ...


def importers_only(view: View) -> View:
    def guarded(request: HttpRequest) -> HttpResponse:
        if not can_import_licences(request.user):
            raise PermissionDenied
        return view(request)

    return guarded


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": _("Berkas ini kosong. Isi dahulu, dengan nama kolom di baris pertama.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 5 MB. Bagi menjadi beberapa berkas."))
        return file


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        holding.keep(request.session, SLOT, file, file.name)
        return redirect("impor_layanan:report")
    words = {"form": form, "columns": licence_table.SCHEMA.columns, **_frame()}
    return render(request, "campaigns/admin/import_upload.html", words)


@importers_only
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The dry run of the file that waits."""
    waiting = holding.held(request.session, SLOT)
    if waiting is None:
        return _nothing_waits(request)
    return _show(request, importing.check(*waiting), waiting[1])


@importers_only
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    waiting = holding.held(request.session, SLOT)
    if waiting is None:
        return _nothing_waits(request)
    done = importing.take_in(*waiting, by=request.user, expecting=request.POST.get("fingerprint", ""))
    if not done.written:
        messages.error(request, gettext("Katalog berubah sejak berkas diperiksa. Baca laporan yang baru ini dahulu."))
        return _show(request, done, waiting[1])
    holding.drop(request.session, SLOT)
    words = {"new": done.new, "changed": done.changed, "same": done.same}
    messages.success(request, gettext("Sudah ditulis: %(new)d baru, %(changed)d berubah, %(same)d tetap.") % words)
    return redirect("layanan:index")


@importers_only
@require_safe
def template_csv(request: HttpRequest) -> HttpResponse:
    return _download(tables.as_csv(licence_table.template()), "text/csv; charset=utf-8", "contoh-layanan.csv")


@importers_only
@require_safe
def template_xlsx(request: HttpRequest) -> HttpResponse:
    return _download(tables.as_xlsx(licence_table.template(), "Layanan"), XLSX, "contoh-layanan.xlsx")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _nothing_waits(request: HttpRequest) -> HttpResponse:
    messages.warning(request, gettext("Tidak ada berkas yang menunggu. Pilih berkasnya dahulu."))
    return redirect("impor_layanan:upload")


def _show(request: HttpRequest, found: importing.Report, name: str) -> HttpResponse:
    words = {
        "report": found,
        "file_name": name,
        "faults": found.faults[:MOST_SHOWN],
        "more_faults": max(0, len(found.faults) - MOST_SHOWN),
        "entries": [entry for entry in found.entries if entry.state != importing.SAME],
        "may_write": not found.faults and found.new + found.changed,
        **_frame(),
    }
    return render(request, "campaigns/admin/import_report.html", words)


def _frame() -> dict[str, Any]:
    items = [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Beranda")},
        {"url": reverse("layanan:index"), "label": gettext("Katalog layanan")},
        {"url": reverse("impor_layanan:upload"), "label": gettext("Impor layanan")},
    ]
    title = gettext("Impor layanan")
    return {"breadcrumbs_items": items, "header_icon": "upload", "page_title": title, "header_title": title}


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_licences(request.user)


class ImportViewSet(ViewSet):
    name = "impor_layanan"
    url_prefix = "impor-layanan"
    icon = "upload"
    menu_label = _("Impor layanan")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", upload, name="upload"),
            path("periksa/", report, name="report"),
            path("tulis/", write, name="write"),
            path("contoh.csv", template_csv, name="template_csv"),
            path("contoh.xlsx", template_xlsx, name="template_xlsx"),
        ]
