"""The admin's lists of the council: what was submitted and what became of it, and who sits on it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.office import deletion, names, notices
from media_assets import (
    council_views,
    guides,
    looking_back,
    paper_views,
    permissions,
    reading,
    review_state,
    sheet,
    turns,
)
from media_assets.models import CouncilMember, Decision, Submission
from media_assets.word_viewset import WordViewSet


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes these rows in the admin, a superuser neither."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(Submission, ReadOnlyPolicy(Submission))


class StateColumn(Column):
    cell_template_name = "media_assets/council/state_cell.html"


class SubmissionIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Submission]:
        return Submission.objects.with_story()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Judul"), sort_key="title", url_name=self.inspect_url_name),
            StateColumn("state", label=_("Keadaan"), accessor=sheet.outcome),
            DateColumn("submitted_at", label=_("Diajukan"), sort_key="submitted_at"),
            Column("submitted_by", label=_("Oleh"), accessor=lambda row: names.of_account(row.submitted_by)),
            Column("voices", label=_("Putusan anggota"), accessor=sheet.voices),
        ]


class SubmissionInspect(generic.InspectView):
    page_title = _("Pengajuan")

    def get_object(self, queryset: Any = None) -> Submission:
        found: Submission = generic.InspectView.get_object(self, queryset)
        return Submission.objects.with_story().get(pk=found.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, submission = self.request.user, self.object
        waits = Submission.objects.waiting().filter(pk=submission.pk).exists()
        return super().get_context_data(**kwargs) | {
            **(read := sheet.words(submission, None)),
            **council_views.noted(user, submission, waits, read),
            **paper_views.words(user, submission, waits=waits),
            "newer": looking_back.newer(submission),
            "decisions": submission.decisions.all(),
            "state": sheet.outcome(submission),
            "may_edit": submission.page_id is not None and permissions.can_submit(user, submission.page),
            "may_recall": waits and permissions.can_recall(user, submission),
            "may_invite": waits and permissions.can_issue_links(user),
            "may_withdraw": permissions.can_withdraw(user) and council_views.approval_of(submission) is not None,
            "may_check_facts": waits and permissions.can_check_facts(user, submission),
            "members": review_state.eligible(submission) if waits else [],
            "enough_said": waits and not review_state.awaits_members(submission) and sheet.still_awaited(submission),
            "awaited": _awaited(submission) if waits else [],
            "votes": review_state.votes_needed(submission)[Decision.Question.ADAT] if waits else 0,
            "facts_missing": waits and bool(review_state.facts_missing(submission)),
            "has_votes": waits and not read["margin"].open and not review_state.missing_parts(submission),
            "guide": guides.of(submission),
            "readings": reading.of(submission),
            "short_of_members": waits and review_state.is_short_of_members(submission),
            "waits": waits,
            "invitations": council_views.invited(submission),
        }


def _awaited(submission: Submission) -> list[tuple[CouncilMember, str, str]]:
    """Members to remind, with the words for it and the address that opens WhatsApp with them."""
    if not review_state.awaits_members(submission):
        return []
    said = [(member, turns.reminder(submission, member)) for member in turns.late(submission)]
    return [(member, text, notices.whatsapp_url(text)) for member, text in said]


class SubmissionViewSet(ModelViewSet):
    model = Submission
    name = "submissions"
    url_prefix = "adat/pengajuan"
    icon = "clipboard-list"
    menu_label = _("Pengajuan")
    index_view_class = SubmissionIndex
    inspect_view_class = SubmissionInspect
    inspect_view_enabled = True
    inspect_template_name = "media_assets/council/inspect.html"
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["title"]
    search_fields = ["title"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["-submitted_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/tarik/", council_views.recall, name="recall"),
            path("<int:pk>/hitung/", council_views.recount, name="recount"),
            path("<int:pk>/fakta/", council_views.check_facts, name="check_facts"),
            path("<int:pk>/tautan/", council_views.invite, name="invite"),
            path("<int:pk>/tautan/<int:invitation>/cabut/", council_views.revoke, name="revoke"),
            path("<int:pk>/catatan/terima/", council_views.accept, name="accept"),
            path("<int:pk>/catatan/<int:note>/jawab/", council_views.answer, name="answer"),
            path("<int:pk>/cabut/", council_views.withdraw, name="withdraw"),
            *paper_views.urls(),
        ]


def _until(member: CouncilMember) -> str:
    return date_format(member.until, "j F Y") if member.until else "–"


SERVING = [
    Column("since", label=_("Sejak"), accessor=lambda member: date_format(member.since, "j F Y")),
    Column("until", label=_("Sampai"), accessor=_until),
]


def _chairs(member: CouncilMember) -> str:
    return str(_("ketua")) if member.is_chair else "–"


class MemberIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[CouncilMember]:
        return CouncilMember.objects.select_related("person")


class CouncilMemberViewSet(ModelViewSet):
    model = CouncilMember
    name = "council_members"
    url_prefix = "adat/anggota"
    icon = "group"
    menu_label = _("Anggota")
    index_view_class = MemberIndex
    list_display = ["person", "position", Column("is_chair", label=_("Ketua"), accessor=_chairs), *SERVING]
    delete_view_class = deletion.DeleteView
    search_fields = ["person__name", "position"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    panels = [
        FieldPanel("person"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_chair")]),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]


class CouncilGroup(ModelViewSetGroup):
    menu_label = _("Lembaga Adat")
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (SubmissionViewSet, WordViewSet, CouncilMemberViewSet)
