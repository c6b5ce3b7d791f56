"""The list of senjang in the admin: how each stands with the council, and when it is public."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Revision

from campaigns.models import Kecamatan
from cms.office.dates import long_moment
from media_assets import fitness
from media_assets.models import Approval, Ruling, SenjangPage, Submission
from media_assets.review_state import draft_digest


def tell_standing(pages: Iterable[SenjangPage]) -> None:
    """Give each page `review_word`, `label_words` and `air_word`, in as many queries for fifty pages as for one."""
    pages = list(pages)
    drafts = Revision.objects.in_bulk([page.latest_revision_id for page in pages if page.latest_revision_id])
    digests = {page.pk: draft_digest(drafts.get(page.latest_revision_id)) for page in pages}
    approved = set(Approval.objects.filter(pk__in=digests.values()).values_list("pk", flat=True))
    submissions = Submission.objects.filter(page__in=[page.pk for page in pages]).select_related("ruling")
    last = {submission.page_id: submission for submission in submissions.order_by("submitted_at", "pk")}
    plans = Revision.objects.page_revisions().filter(
        object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False
    )
    standings = fitness.standings_of(page.pk for page in pages)
    goes_live = {int(pk): moment for pk, moment in plans.values_list("object_id", "approved_go_live_at")}
    for page in pages:
        page.label_words = ", ".join(mark.name for mark in standings[page.pk].marks)
        page.review_word = review_word(last.get(page.pk), digests[page.pk] in approved)
        page.air_word = _("Ditahan") if standings[page.pk].is_held else air_word(page, goes_live.get(page.pk))


def review_word(last: Submission | None, approved: bool) -> str:
    if approved:
        return _("Disetujui")
    if last is None:
        return _("Belum diajukan")
    ruling = getattr(last, "ruling", None)
    if ruling is None:
        return _("Menunggu Lembaga Adat")
    if ruling.verdict == Ruling.Verdict.SENT_BACK:
        return _("Diminta perbaikan")
    if ruling.verdict == Ruling.Verdict.RECALLED:
        return _("Ditarik kembali")
    return _("Berubah sejak disetujui")


def air_word(page: SenjangPage, goes_live: Any) -> str:
    if goes_live:
        return _("Akan tayang %(moment)s") % {"moment": long_moment(goes_live)}
    if page.live and page.approval_id and page.last_published_at:
        day = date_format(localtime(page.last_published_at), "j F Y")
        return _("Tayang sejak %(day)s") % {"day": day}
    return _("Tidak tampil") if page.live else _("Belum tayang")


class SenjangFilterSet(WagtailFilterSet):
    STATES = (
        ("waiting", gettext_lazy("Menunggu Lembaga Adat")),
        ("sent_back", gettext_lazy("Diminta perbaikan")),
        ("public", gettext_lazy("Tayang")),
        ("draft", gettext_lazy("Belum tayang")),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Keadaan"), choices=STATES, method="in_state", empty_label=gettext_lazy("Semua")
    )
    irama = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Irama"), queryset=Kecamatan.objects.all(), empty_label=gettext_lazy("Semua")
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Bahasa lirik"),
        choices=SenjangPage.Language.choices,
        empty_label=gettext_lazy("Semua"),
    )

    class Meta:
        model = SenjangPage
        fields: list[str] = []

    def in_state(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        asked = Submission.objects.filter(page=OuterRef("pk"))
        if value == "waiting":
            return pages.filter(Exists(asked.filter(ruling=None)))
        if value == "sent_back":
            newest = asked.order_by("-submitted_at", "-pk").values("ruling__verdict")[:1]
            return pages.annotate(last_verdict=Subquery(newest)).filter(last_verdict=Ruling.Verdict.SENT_BACK)
        return pages.filter(live=value == "public")


class SenjangIndexView(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        tell_standing(context["object_list"])
        return context

    def get_valid_orderings(self) -> list[str]:
        """The search knows the page's own fields only; by another table's it would end in an error."""
        return [name for name in super().get_valid_orderings() if not (self.is_searching and "__" in name)]

    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(pages).prefetch_related("irama")


class SenjangViewSet(PageListingViewSet):
    model = SenjangPage
    name = "senjang"
    url_prefix = "senjang"
    icon = "openquote"
    menu_label = gettext_lazy("Senjang")
    menu_order = 200
    add_to_admin_menu = True
    index_view_class = SenjangIndexView
    filterset_class = SenjangFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=gettext_lazy("Judul"), sort_key="title", classname="title"),
        Column("language", label=gettext_lazy("Bahasa"), accessor="get_language_display", sort_key="language"),
        Column("irama", label=gettext_lazy("Irama"), sort_key="irama__name"),
        Column("review", label=gettext_lazy("Lembaga Adat"), accessor="review_word"),
        Column("labels", label=gettext_lazy("Label adat"), accessor="label_words"),
        Column("air", label=gettext_lazy("Tayang"), accessor="air_word", sort_key="live"),
        DateColumn("latest_revision_created_at", label=gettext_lazy("Diubah"), sort_key="latest_revision_created_at"),
    ]
