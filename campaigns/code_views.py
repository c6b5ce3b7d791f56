"""The desk for codes: the list, placing one, sending it elsewhere, its own page with picture, figures and story."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns import code_forms, codes, permissions, qr
from campaigns.models import CampaignPage, Code, Scan
from cms.office import trail
from cms.office.exports import PlainExport
from cms.office.numbers import RowFilter

VERBS = {
    "hold": (_("Tahan"), _("Pengunjung akan membaca bahwa kode ini sedang diperiksa. Syarat layanannya tetap tampil.")),
    "release": (_("Lepas"), _("Kode ini kembali membuka halaman tujuannya.")),
    "retire": (
        _("Pensiunkan"),
        _("Untuk selamanya: pengunjung membaca bahwa kode ini tidak dipakai lagi. Syarat layanannya tetap tampil."),
    ),
}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


class CodeFilters(WagtailFilterSet):
    campaign = RowFilter(label=_("Kampanye"), queryset=lambda request: CampaignPage.objects.order_by("-starts"))

    class Meta:
        model = Code
        fields = ("state", "medium", "kecamatan", "campaign")


class CodeIndexView(PlainExport, generic.IndexView):
    filterset_class = CodeFilters
    default_ordering = "-created_at"
    list_export = ("code", "label", "medium", "kecamatan", "village", "campaign", "page", "state", "raw", "unique")

    def get_base_queryset(self) -> QuerySet[Code]:
        return Code.objects.with_scans().select_related("kecamatan", "village__kecamatan", "campaign", "page")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("code", label=_("Kode"), url_name=self.inspect_url_name, sort_key="code", width="9rem"),
            Column("label", label=_("Tempat"), sort_key="label"),
            Column("get_medium_display", label=_("Media"), sort_key="medium"),
            Column("kecamatan", label=_("Kecamatan"), sort_key="kecamatan__name"),
            Column("campaign", label=_("Kampanye"), accessor="campaign.title", sort_key="campaign__title"),
            Column("page", label=_("Tujuan"), accessor="page.title", sort_key="page__title"),
            Column("get_state_display", label=_("Keadaan"), sort_key="state"),
            Column("raw", label=_("Pindaian"), sort_key="raw"),
            Column("unique", label=_("Perangkat"), sort_key="unique"),
        ]


def keep_through(view: Any, form: Any) -> HttpResponse:
    """The form's use case keeps the row; whatever it refuses is shown on the form."""
    view.form = form
    code = form.keep(view.request.user)
    if code is None:
        view.produced_error_code, view.produced_error_message = "validation_error", view.get_error_message()
        return view.form_invalid(form)
    messages.success(view.request, view.success_message % {"code": code.pk})
    return redirect("codes:inspect", code.pk)


class PlaceView(generic.CreateView):
    page_title = _("Tempatkan kode baru")
    submit_button_label = _("Tempatkan")
    success_message = _("Kode %(code)s siap. Unduh gambarnya untuk dicetak.")
    error_message = _("Kode belum dibuat. Betulkan isian yang ditandai.")

    def form_valid(self, form: Any) -> HttpResponse:
        return keep_through(self, form)


class RetargetView(generic.EditView):
    page_title = _("Arahkan ke tujuan lain")
    submit_button_label = _("Simpan tujuan baru")
    success_message = _("Kode %(code)s sekarang membuka tujuan baru.")
    error_message = _("Tujuan belum diubah. Betulkan isian yang ditandai.")

    def form_valid(self, form: Any) -> HttpResponse:
        return keep_through(self, form)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"licences": self.object.licences.all()}


class CodeView(generic.InspectView):
    page_title = _("Kode")
    template_name = "campaigns/admin/code.html"

    def get_object(self, queryset: Any = None) -> Code:
        return get_object_or_404(Code.objects.with_scans().select_related("kecamatan", "campaign", "page"), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code: Code = self.object
        days = list(Scan.objects.figures(Scan.Per.DAY, code=code)[:30])
        highest = max((day["raw"] for day in days), default=0) or 1
        may = permissions.can_change(self.request.user)
        return super().get_context_data(**kwargs) | {
            "code": code,
            "licences": code.licences.order_by("code"),
            "picture": mark_safe(qr.svg(code.pk, mm=40)),  # noqa: S308  drawn by us from the code's own signs
            "days": [day | {"width": round(100 * day["raw"] / highest)} for day in days],
            "story": trail.of(code),
            "may_change": may,
            "moves": [{"verb": verb, "label": VERBS[verb][0]} for verb in codes.possible_moves(code)] if may else [],
        }


@require_safe
def picture(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    if not request.user.has_perm("campaigns.view_code"):
        raise PermissionDenied
    code = get_object_or_404(Code, pk=pk)
    if kind not in PICTURES:
        raise Http404
    content = qr.svg(code.pk, title=str(code)) if kind == "svg" else qr.png(code.pk)
    return HttpResponse(
        content,
        content_type=PICTURES[kind],
        headers={"Content-Disposition": f'attachment; filename="kode-{code.pk}.{kind}"'},
    )


def move(request: HttpRequest, pk: str, verb: str) -> HttpResponse:
    """Asks for a reason first, then moves the code along its life."""
    code = get_object_or_404(Code, pk=pk)
    if verb not in VERBS or not permissions.can_change(request.user):
        raise PermissionDenied
    form: BaseForm = code_forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            getattr(codes, verb)(code, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("codes:inspect", code.pk)
    label, consequence = VERBS[verb]
    return render(
        request,
        "campaigns/admin/move.html",
        {
            "code": code,
            "form": form,
            "label": label,
            "consequence": consequence,
            "back": reverse("codes:inspect", args=[pk]),
        },
    )


class CodeViewSet(ModelViewSet):
    model = Code
    name = "codes"
    url_prefix = "kode"
    icon = "link"
    menu_label = _("Kode QR")
    menu_order = 350
    add_to_admin_menu = True
    copy_view_enabled = False
    pk_path_converter = "printed"
    inspect_view_enabled = True
    index_view_class = CodeIndexView
    add_view_class = PlaceView
    edit_view_class = RetargetView
    inspect_view_class = CodeView
    inspect_template_name = "campaigns/admin/code.html"
    search_fields = ("code", "label")
    search_backend_name = None
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A code lives for ever: nothing deletes it, and its story is the trail's."""
        none = {"delete_url_name": None, "history_url_name": None, "usage_url_name": None}
        return super().get_common_view_kwargs(**none | kwargs)

    def get_form_class(self, for_update: bool = False) -> Any:
        return code_forms.RetargetForm if for_update else code_forms.PlaceForm

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results", "add", "edit", "inspect"}
        return [route for route in super().get_urlpatterns() if route.name in kept] + [
            path("gambar/<printed:pk>.<str:kind>", picture, name="picture"),
            path("langkah/<printed:pk>/<str:verb>/", move, name="move"),
        ]
