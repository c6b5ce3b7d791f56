"""A senjang: a lyric in three parts, bound to the council's approval of exactly these words."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from campaigns.models import Code, Kecamatan
from cms.office import generation, notices
from cms.office.models import Notice, Role
from cms.office.openness import OpenPage, OpenPagePermissionTester
from media_assets import lyrics
from media_assets.form_panel import FormPanel
from media_assets.models.labels import LabelSetting
from media_assets.models.senjang_links import LyricQuote, SenjangLicence
from media_assets.models.takedowns import TakedownRequest
from media_assets.models.verdicts import Approval
from media_assets.models.workflow import UnderCouncil, council_workflow
from media_assets.review_panel import ReviewPanel
from media_assets.senjang_form import QuotesPanel, SenjangForm
from media_assets.stanza_block import PartBlock

GUARDED = {"live", "approval", "title", *lyrics.PARTS}


class NotApproved(PermissionDenied):
    """These words may not go live: the council has not approved them (or not any more)."""

    def __init__(self) -> None:
        super().__init__(gettext("Lirik ini belum disetujui Lembaga Adat, jadi belum dapat diterbitkan."))


class SenjangQuerySet(PageQuerySet):
    def public(self) -> Self:
        """Approved and not shut for good. A list asks `shown_on` a day; the text itself wants `is_public` as well."""
        seen = self.live().filter(approval__isnull=False)
        for shut in (LabelSetting.objects.bars_everybody(), TakedownRequest.objects.holding()):
            words = shut.filter(senjang__submissions__isnull=False).values("senjang__submissions__digest")
            seen = seen.exclude(pk__in=shut.values("senjang")).exclude(approval__in=words)  # nor a copy of them
        return seen

    def shown_on(self, day: date) -> Self:
        """The public ones that a list may name on a day: their seasons are open and all that a label asks is there."""
        from media_assets import fitness

        songs = self.public()
        standings = fitness.standings_of(songs.values_list("pk", flat=True))
        return songs.filter(pk__in=fitness.shown_on(day, standings))

    def offered_on(self, day: date) -> Self:
        """The same, each with `is_heard`: whether there is a recording of it to listen to."""
        from media_assets import fitness

        songs = self.public()
        standings = fitness.standings_of(songs.values_list("pk", flat=True))
        heard = Q(pk__in=fitness.heard_on(day, standings))
        return songs.filter(pk__in=fitness.shown_on(day, standings)).annotate(is_heard=heard)

    def listed(self) -> Self:
        """The public ones with all that a card of the songbook shows."""
        return self.public().select_related("irama").prefetch_related("licence_links__licence")

    def with_labels(self) -> Self:
        """The live ones, and whatever bears a label; for the council's list."""
        return self.filter(Q(live=True) | Q(pk__in=LabelSetting.objects.in_force().values("senjang")))

    def update(self, **values: Any) -> int:
        if GUARDED & set(values):
            raise NotApproved
        return super().update(**values)


class CouncilPermissionTester(OpenPagePermissionTester):
    """Hides what the gate would refuse; the gate itself is in `save()` and `route()`."""

    def can_publish(self) -> bool:
        return super().can_publish() and self.page.latest_words_are_approved

    def can_submit_for_moderation(self) -> bool:
        """Never by Wagtail's own button, which leaves a refused resubmission half started; ours is in `gate.py`."""
        return False

    def can_unschedule(self) -> bool:
        return super().can_publish()


class SenjangPage(UnderCouncil, OpenPage, Page):
    class Language(models.TextChoices):
        """ISO 639-3."""

        MUSI = "mui", _("Musi")
        INDONESIAN = "ind", _("Indonesia")

    live: bool
    language = models.CharField(_("bahasa lirik"), max_length=3, choices=Language, default=Language.MUSI)
    irama = models.ForeignKey(
        Kecamatan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("irama dari kecamatan")
    )
    pembuka = StreamField(PartBlock(), blank=True, verbose_name=_("Pembuka"))
    isi = StreamField(PartBlock(), blank=True, verbose_name=_("Isi"))
    penutup = StreamField(PartBlock(), blank=True, verbose_name=_("Penutup"))
    # SET_NULL, not PROTECT: old revisions name withdrawn approvals and must still load
    approval = models.ForeignKey(Approval, models.SET_NULL, null=True, editable=False, related_name="pages")

    base_form_class = SenjangForm
    objects = PageManager.from_queryset(SenjangQuerySet)()
    parent_page_types = ["media_assets.SenjangIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*Page.search_fields, index.FilterField("language")]
    content_panels = [
        ReviewPanel(),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("language"), FieldPanel("irama")]),
        FieldPanel("pembuka"),
        FieldPanel("isi"),
        FieldPanel("penutup"),
        FormPanel(),
        InlinePanel("credits", heading=_("Penulis, penggubah dan penampil"), label=_("Orang")),
        InlinePanel("licence_links", heading=_("Layanan yang dikenalkan"), label=_("Layanan")),
        QuotesPanel("quotes", heading=_("Kutipan fakta layanan"), label=_("Kutipan")),
    ]

    class Meta:
        verbose_name = _("senjang")
        verbose_name_plural = _("senjang")
        permissions = [
            ("submit_senjang", _("Mengajukan senjang ke Lembaga Adat")),
            ("decide_senjang", _("Memutuskan senjang sebagai anggota Lembaga Adat")),
            ("check_facts", _("Memeriksa fakta layanan dalam senjang")),
            ("withdraw_approval", _("Mencabut persetujuan senjang")),
        ]

    @property
    def parts(self) -> dict[str, list[lyrics.Stanza]]:
        return {part: [block.value for block in getattr(self, part) if block.value] for part in lyrics.PARTS}

    @property
    def digest(self) -> str:
        return lyrics.digest(self.title, self.parts)

    @property
    def part_digests(self) -> dict[str, str]:
        return lyrics.part_digests(self.title, self.parts)

    @property
    def is_approved(self) -> bool:
        return Approval.objects.filter(pk=self.digest).exists()

    @property
    def latest_words_are_approved(self) -> bool:
        return bool(self.pk) and self.get_latest_revision_as_object().is_approved

    @property
    def is_public(self) -> bool:
        """Pure comparison, no query: live, and the approval it points at is that of exactly these words."""
        return self.live and self.approval_id is not None and self.approval_id == self.digest

    @property
    def main_licences(self) -> list[int]:
        """Keys of what it is mainly about; these stand first wherever its licences are told."""
        return [link.licence_id for link in self.licence_links.all() if link.role == SenjangLicence.Role.MAIN]

    @property
    def lost_quotes(self) -> list[LyricQuote]:
        """Quotes whose words no longer stand in one line of the lyric."""
        parts = self.parts
        return [quote for quote in self.quotes.all() if lyrics.find_line(quote.words, parts) is None]

    def clean(self) -> None:
        super().clean()
        lyrics.unique_uids(self.parts)

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> Any:
        if update_fields is None or GUARDED & set(update_fields):
            if self.live and self._state.adding and not self.is_approved:
                self.live, self.has_unpublished_changes = False, True  # born a draft; nothing typed is lost
            self.approval_id = self.digest if self.live else None
            if self.live and not self.is_approved:
                raise NotApproved
            update_fields = update_fields and {*update_fields, "approval"}
        if update_fields is not None:
            kwargs["update_fields"] = update_fields
        return super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, log_action: Any = True, **kwargs: Any) -> Any:
        if not revision.as_object().is_approved:
            if log_action == "wagtail.publish.scheduled":
                return publishing_refused(self, revision)  # raising would stop every page that waits behind this one
            raise NotApproved
        return super().publish(revision, *args, log_action=log_action, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if not path_components and not self.is_public:
            raise Http404
        return super().route(request, path_components)

    def visit_context(self, day: date, code: Code) -> dict[str, Any] | None:
        from media_assets import visitor

        return visitor.visit_context(self, day) if self.is_public else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from media_assets import visitor

        return visitor.serve(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.serve(request)

    def permissions_for_user(self, user: Any) -> CouncilPermissionTester:
        return CouncilPermissionTester(user, self)

    def get_workflow(self) -> Any:
        """The council's workflow, whatever an administrator hangs on the tree."""
        return council_workflow()


def publishing_refused(page: SenjangPage, revision: Any) -> None:
    """A schedule that came due for words the council has not approved: drop it and tell the staff."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    notices.tell(
        Role.COMMUNICATIONS,
        gettext("“%(title)s” tidak jadi tayang: liriknya belum disetujui Lembaga Adat.") % {"title": page.title},
        key=f"refused-{page.pk}",
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        level=Notice.Level.WARNING,
    )


generation.watch(Approval, SenjangPage)
