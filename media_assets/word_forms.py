"""Forms of the word list: a member's explanation of one word, and what staff keep."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from media_assets import glossing, lyrics, word_list
from media_assets.models import CouncilMember, Submission, Word

MANY = "ketik"  # the choice that stands for what is typed instead


class ExplainForm(forms.Form):
    """One word of a part: picked from its lines, or typed where it is several words."""

    word = forms.ChoiceField(label=_("Kata"), required=False)
    typed = forms.CharField(
        label=_("Atau ketik katanya"), required=False, max_length=60, help_text=_("Bila lebih dari satu kata.")
    )
    meaning = forms.CharField(
        label=_("Artinya dalam bahasa Indonesia"), max_length=200, error_messages={"required": _("Tulis artinya.")}
    )

    def __init__(self, *args: Any, stanzas: list[lyrics.Stanza], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["word"]).choices = [("", _("Pilih kata …")), *_choices(stanzas)]
        for name in ("typed", "meaning"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("typed") and not cleaned.get("word"):
            raise ValidationError({"word": _("Pilih katanya, atau ketik di bawah ini.")})
        return cleaned

    def save(self, submission: Submission, *, member: CouncilMember, part: str, by: Any, through: str) -> Word | None:
        data = self.cleaned_data
        term = data["typed"] or data["word"]
        who = {"member": member, "by": by, "through": through}
        try:
            return word_list.propose(submission, part=part, term=term, meaning=data["meaning"], **who)
        except ValidationError as refused:
            at = "meaning" if "meaning" in refused.message_dict else "typed" if data["typed"] else "word"
            self.add_error(at, refused.messages[0])
            return None


def _choices(stanzas: list[lyrics.Stanza]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """By line, each word where it first stands."""
    known: set[str] = set()
    for stanza in stanzas:
        for line in stanza:
            new = [word for word in glossing.words(line["text"]) if glossing.key(word) not in known]
            known |= {glossing.key(word) for word in new}
            if new:
                yield line["text"], [(word, word) for word in new]


class WordForm(WagtailAdminModelForm):
    sound = forms.FileField(
        label=_("Bunyinya"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*,.wav,.mp3,.m4a,.ogg,.opus,.flac"}),
        help_text=_("Rekaman pendek, 1 sampai 15 detik. Berkas baru menggantikan yang lama."),
    )
    silent = forms.BooleanField(label=_("Hapus bunyi yang sekarang"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.key = glossing.key(cleaned.get("term", ""))
        same = Word.objects.published().filter(key=self.instance.key, language=cleaned.get("language"))
        if cleaned.get("state") == Word.State.PUBLISHED and same.exclude(pk=self.instance.pk).exists():
            raise ValidationError({"term": word_list.twice()})
        return cleaned

    def keep(self, *, by: Any) -> bool:
        """False when the use case refused, in words at the field."""
        data = self.cleaned_data
        try:
            word_list.save(self.instance, by=by, sound=data["sound"], silent=data["silent"])
        except ValidationError as refused:
            self.add_error(None, refused)
            return False
        return True
