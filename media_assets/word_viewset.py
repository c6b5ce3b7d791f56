"""The admin's word list: what members proposed, what visitors read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.mixins import BeforeAfterHookMixin
from wagtail.admin.viewsets.model import ModelViewSet

from cms.office import deletion
from media_assets.models import Word
from media_assets.word_forms import WordForm


class Kept(BeforeAfterHookMixin):
    """Before `CreateView` or `EditView`: they save through the use case, whose refusals stand at their field."""

    form: WordForm
    request: HttpRequest

    def form_valid(self, form: WordForm) -> Any:
        if form.keep(by=self.request.user):
            return super().form_valid(form)
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def save_instance(self) -> Word:
        return self.form.instance


class WordCreate(Kept, generic.CreateView):
    pass


class WordEdit(Kept, generic.EditView):
    pass


class WordIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Word]:
        return Word.objects.select_related("member__person", "submission")


class WordViewSet(ModelViewSet):
    model = Word
    name = "words"
    url_prefix = "adat/kosakata"
    icon = "openquote"
    menu_label = _("Kosakata")
    index_view_class = WordIndex
    add_view_class = WordCreate
    edit_view_class = WordEdit
    delete_view_class = deletion.DeleteView
    list_display = [
        TitleColumn("term", label=_("Kata"), url_name="words:edit", sort_key="key"),
        Column("meaning", label=_("Arti"), sort_key="meaning"),
        Column("state", label=_("Keadaan"), accessor="get_state_display", sort_key="state"),
        Column("audio", label=_("Bunyi"), accessor=lambda row: _("ada") if row.audio else _("belum ada")),
        Column("member", label=_("Diusulkan oleh"), accessor=lambda word: word.member or "–"),
        Column("line", label=_("Baris asalnya"), accessor=lambda word: word.line or "–"),
        DateColumn("set_at", label=_("Diubah"), sort_key="set_at"),
    ]
    list_filter = ["state", "language"]
    ordering = ["key"]
    search_fields = ["term", "meaning"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("term"), FieldPanel("language")]),
            FieldPanel("meaning"),
            FieldPanel("example"),
            MultiFieldPanel([FieldPanel("sound"), FieldPanel("silent")], heading=_("Suara")),
            FieldPanel("state"),
        ],
        base_form_class=WordForm,
    )
