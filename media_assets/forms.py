"""What a council member sends: a verdict, for which parts, and why, or a note; and what staff answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media_assets import lyrics, noting, review, turns
from media_assets.models import CouncilMember, Decision, LineNote, Submission

PARTS = [("", _("Seluruh senjang")), *Decision.Part.choices]
QUESTIONS = [(question.value, question.label) for question in Decision.OF_MEMBERS]
STEPS = [("", ""), ("ubah", ""), ("catat", "")]
RECUSE, EXTEND = "undur", "perpanjang"
ANSWERS = {
    Decision.Verdict.AGREE: _("Setuju"),
    Decision.Verdict.WITH_CHANGES: _("Setuju dengan usul saya"),
    Decision.Verdict.SEND_BACK: _("Minta perbaikan"),
    Decision.Verdict.NOT_PUBLIC: _("Tidak untuk umum"),
    RECUSE: _("Tidak ikut memutuskan"),
    EXTEND: _("Memperpanjang waktu membaca"),
}
DOES = {
    Decision.Verdict.NOT_PUBLIC.value: _(
        "Kata-kata ini tidak boleh diterbitkan dan tidak dapat diajukan lagi tanpa diubah."
    ),
    RECUSE: _("Nama Anda tidak lagi ditunggu untuk senjang ini."),
    EXTEND: _("Semua anggota mendapat waktu sampai hari itu. Batas waktu tidak dapat dimajukan lagi."),
}


class VerdictForm(forms.Form):
    """Sent twice: first to be read back, then with `step=catat` to be recorded; `ubah` goes back to the text."""

    DOES = DOES
    verdict = forms.ChoiceField(choices=list(ANSWERS.items()))
    part = forms.ChoiceField(
        label=_("Bagian yang perlu diperbaiki"), required=False, choices=PARTS, widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label=_("Bagian"), required=False, choices=Decision.Part.choices, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.MultipleChoiceField(
        label=_("Yang sudah baik"), required=False, choices=QUESTIONS, widget=forms.CheckboxSelectMultiple
    )
    partly = forms.BooleanField(required=False, widget=forms.HiddenInput)
    until = forms.DateField(label=_("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Apa yang perlu diperbaiki?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sebut nomor barisnya kalau bisa. Staf membaca kalimat ini."),
    )
    step = forms.ChoiceField(choices=STEPS, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verdict = cleaned.get("verdict")
        if verdict and not self.agrees and not cleaned.get("reason") and "reason" not in self.errors:
            raise ValidationError({"reason": _("Tulis alasannya, supaya penulis tahu apa yang perlu diperbaiki.")})
        if verdict == EXTEND and not cleaned.get("until") and "until" not in self.errors:
            raise ValidationError({"until": _("Pilih tanggalnya.")})
        if cleaned.get("partly") and not cleaned.get("parts"):
            self.add_error("parts", _("Tandai sedikitnya satu bagian yang Anda setujui."))
        if cleaned.get("partly") and not cleaned.get("questions"):
            self.add_error("questions", _("Tandai sedikitnya satu hal yang sudah baik."))
        return cleaned

    @property
    def agrees(self) -> bool:
        return self.cleaned_data.get("verdict") == Decision.Verdict.AGREE

    @property
    def wishes(self) -> bool:
        return self.cleaned_data.get("verdict") == Decision.Verdict.WITH_CHANGES

    @property
    def done(self) -> str:
        if self.cleaned_data["verdict"] == EXTEND:
            return str(_("Waktu membaca diperpanjang."))
        return str(_("Putusan Anda sudah tercatat. Terima kasih."))

    @property
    def sends_back(self) -> bool:
        return self.cleaned_data.get("verdict") == Decision.Verdict.SEND_BACK

    @property
    def answer(self) -> str:
        """The verdict as it is read back: “Setuju: pembuka, isi (bentuk)”."""
        data = self.cleaned_data
        if not self.agrees or not (data["parts"] or data["questions"]):
            return str(_("Setuju seluruhnya") if self.agrees else ANSWERS[data["verdict"]])
        parts = ", ".join(str(Decision.Part(part).label) for part in data["parts"] or lyrics.PARTS)
        questions = ", ".join(str(Decision.Question(q).label) for q in data["questions"] or Decision.OF_MEMBERS)
        return _("Setuju sebagian: %(parts)s (%(questions)s)") % {"parts": parts, "questions": questions}

    @property
    def does(self) -> str:
        """What follows from it, where the verdict itself does not say so."""
        return str(DOES.get(self.cleaned_data["verdict"], ""))

    def is_possible(self, submission: Submission) -> bool:
        """Asked before it is read back: a day that cannot be is told at once."""
        if self.cleaned_data["verdict"] == EXTEND:
            try:
                turns.check_until(submission, self.cleaned_data["until"])
            except ValidationError as refused:
                self.add_error(None, refused)
        return not self.errors

    @property
    def part_label(self) -> str:
        return str(dict(PARTS)[self.cleaned_data["part"]])

    @property
    def sent(self) -> list[tuple[str, str]]:
        """All that was chosen, as the hidden fields that send it once more."""
        pairs = []
        for name, value in self.cleaned_data.items():
            if name != "step" and value:
                pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        return pairs

    def save(self, submission: Submission, *, member: CouncilMember, by: Any, through: str) -> None:
        data, who = self.cleaned_data, {"member": member, "by": by, "through": through}
        match data["verdict"]:
            case Decision.Verdict.WITH_CHANGES:
                review.agree_with_changes(submission, reason=data["reason"], **who)
            case Decision.Verdict.SEND_BACK:
                review.send_back(submission, reason=data["reason"], part=data["part"] or None, **who)
            case Decision.Verdict.NOT_PUBLIC:
                review.keep_private(submission, reason=data["reason"], **who)
            case "undur":
                turns.recuse(submission, reason=data["reason"], **who)
            case "perpanjang":
                turns.extend(submission, until=data["until"], reason=data["reason"], **who)
            case _agreed:
                parts, questions = data["parts"] or lyrics.PARTS, data["questions"] or Decision.OF_MEMBERS
                review.agree(submission, parts=parts, questions=questions, **who)


class SaidForm(forms.Form):
    """A reason or an answer that staff type into history; whether there must be one, the use case knows."""

    words = forms.CharField(required=False, max_length=2000)


class NoteForm(forms.Form):
    """A note on one line; the wording comes filled in with the line's own, and unchanged it is no suggestion."""

    words = forms.CharField(label=_("Catatan Anda"), required=False, max_length=noting.LONGEST, strip=False)
    new_text = forms.CharField(label=_("Usul kata-katanya"), required=False, max_length=1000)
    new_gloss = forms.CharField(label=_("Usul artinya"), required=False, max_length=1000)
    new_spoken = forms.CharField(label=_("Usul cara menyanyikannya"), required=False, max_length=1000)

    def refuse(self, error: ValidationError) -> None:
        """Show the use case's sentence at its field, or above the form."""
        for name, sentences in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
            for sentence in sentences:
                self.add_error(name or None, sentence)

    def save(self, submission: Submission, *, uid: str, member: CouncilMember, by: Any, through: str) -> LineNote:
        data = self.cleaned_data
        wording = lyrics.Wording(data["new_text"], data["new_gloss"], data["new_spoken"])
        return noting.write(
            submission, member=member, uid=uid, words=data["words"], suggestion=wording, by=by, through=through
        )
