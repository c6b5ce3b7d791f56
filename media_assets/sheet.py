"""What a council member reads: the frozen text line by line, what was agreed so far, and what the text speaks for."""

from itertools import zip_longest
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from campaigns.models import Kecamatan, LicenceFact, LicencePage
from media_assets import lyrics, margin, permissions, review_state, turns
from media_assets.margin import Margin, Mark
from media_assets.models import CouncilMember, Decision, Recusal, Ruling, SenjangCredit, Submission
from media_assets.models.submissions import OWN_ROLES
from media_assets.review_state import ReviewState
from performers.models import Person


class NumberedLine(NamedTuple):
    number: int
    text: str
    gloss: str
    spoken: str
    uid: str
    notes: list[Mark]


def words(submission: Submission, member: CouncilMember | None) -> dict[str, Any]:
    """The review page's words; `footing.key == "open"` when this member may decide now."""
    told, stands = about(submission), footing(submission, member)
    may_decide = stands.key in ("open", "decided")
    end = ("putusan", _("Putusan")) if may_decide else ("layanan", _("Layanan"))
    has_end = may_decide or bool(told["licences"] or told["quotes"])
    noted = margin.of(submission, member)
    shown = parts(submission, noted)
    steps = [(f"bagian-{part['key']}", part["label"]) for part in shown] + [end] * has_end
    return {
        "submission": submission,
        "member": member,
        "lang": lyrics.language_tag(submission.language),
        "parts": [part | {"next": following} for part, following in zip_longest(shown, steps[1:]) if part],
        "steps": steps,
        "decided": member is not None and submission.decisions.filter(member=member).exists(),
        "footing": stands,
        "agreeing_does": agreeing_does(submission, member, noted.open),
        "margin": noted,
        "may_note": may_decide,
        "may_decide": may_decide,
        "in_review": stands.key in ("open", "decided", "reading", "own", "recused"),
        "wishes": [mark for mark in noted.own if mark.fits and mark.note.is_open],
        "due": turns.due(submission),
        **told,
    }


def parts(submission: Submission, noted: Margin | None = None) -> list[dict[str, Any]]:
    """Each part with numbered lines (one count through the whole text) and whether it already has its quorum."""
    beside = noted.beside if noted else {}
    missing, number, shown = review_state.missing_parts(submission), 0, []
    for part in lyrics.PARTS:
        stanzas = []
        for stanza in submission.text[part]:
            lines = [
                NumberedLine(no, line["text"], line["gloss"], line["spoken"], line["uid"], beside.get(line["uid"], []))
                for no, line in enumerate(stanza, number + 1)
            ]
            number += len(lines)
            stanzas.append(lines)
        shown.append(
            {"key": part, "label": Decision.Part(part).label, "stanzas": stanzas, "agreed": part not in missing}
        )
    return shown


def printed(submission: Submission) -> list[dict[str, Any]]:
    """The parts as a paper's template reads them."""
    return [
        {"label": str(part["label"]), "stanzas": [[line._asdict() for line in stanza] for stanza in part["stanzas"]]}
        for part in parts(submission)
    ]


def about(submission: Submission) -> dict[str, Any]:
    """Credits, irama, licences and quoted facts, as they were when the text was submitted."""
    kept = {"credits": [], "irama": None, "licences": [], "quotes": []} | submission.about
    people = Person.objects.in_bulk([person for _role, person in kept["credits"]])
    facts = LicenceFact.objects.select_related("licence").in_bulk([fact for _words, fact in kept["quotes"]])
    return {
        "irama": Kecamatan.objects.filter(pk=kept["irama"]).first(),
        "credits": [(SenjangCredit.Role(role).label, people[pk]) for role, pk in kept["credits"] if pk in people],
        "licences": list(LicencePage.objects.filter(pk__in=kept["licences"]).order_by("title")),
        "quotes": [(words, facts[pk]) for words, pk in kept["quotes"] if pk in facts],
    }


def waiting_for(member: CouncilMember) -> list[Submission]:
    """What this member is asked to decide; the draft's own credits, kept with the submission, count as well."""
    return [
        submission
        for submission in Submission.objects.undecided_by(member)
        if not any(role in OWN_ROLES and pk == member.person_id for role, pk in submission.about.get("credits", []))
    ]


def footing(submission: Submission, member: CouncilMember | None) -> ReviewState:
    """Where this submission stands for this reader, and what happens next."""
    ruling = Ruling.objects.filter(submission=submission).first()
    if ruling:
        return _after(submission, ruling)
    if submission.page is None or not _in_progress(submission):
        return ReviewState("stale", _("Tidak berlaku lagi"), _("Senjang ini tidak lagi menunggu putusan."), "tag-stop")
    if review_state.latest_digest(submission.page) != submission.digest:
        return ReviewState("moved", _("Teks berubah"), _("Staf sedang mengubah teks ini. Tunggu pengajuan yang baru."))
    if member is None:
        return ReviewState("reading", _("Menunggu Lembaga Adat"))
    if not member.is_serving(timezone.localdate()):
        ended = _("Masa tugas Anda di Lembaga Adat sedang tidak berjalan. Anggota lain memutuskan.")
        return ReviewState("ended", _("Anda sedang tidak bertugas"), ended)
    if permissions.has_part_in(member, submission):
        return ReviewState(
            "own", _("Bukan giliran Anda"), _("Anda ikut menulis atau mengajukan senjang ini. Anggota lain memutuskan.")
        )
    if Recusal.objects.on(submission).filter(member=member).exists():
        return ReviewState("recused", _("Anda tidak ikut memutuskan"), _("Anggota lain memutuskan senjang ini."))
    if not Submission.objects.undecided_by(member).filter(pk=submission.pk).exists():
        return ReviewState("decided", _("Putusan Anda tercatat"), still_awaited(submission))
    return ReviewState("open", _("Menunggu putusan Anda"))


def still_awaited(submission: Submission) -> str:
    """Whom a text in review still waits for: members, the office's check, or staff's answers to notes."""
    if review_state.awaits_members(submission):
        return _("Masih menunggu anggota lain.")
    if review_state.facts_missing(submission):
        return _("Suara anggota sudah cukup. Kantor masih memeriksa fakta layanannya.")
    return _("Suara anggota sudah cukup. Tinggal jawaban staf atas catatan anggota.")


def outcome(submission: Submission) -> ReviewState:
    """What became of it; for lists, so it looks at nothing that `with_story` has not brought along."""
    if hasattr(submission, "ruling"):
        return _after(submission, submission.ruling)
    if _in_progress(submission):
        decided = any(d.member_id for d in submission.decisions.all())
        return ReviewState("waiting", _("Masih dibahas") if decided else _("Menunggu Lembaga Adat"))
    return ReviewState("stale", _("Tidak berlaku lagi"), tag="tag-stop")


def voices(submission: Submission) -> str:
    """Each member's last word, as one line: “Pak Mahmud: setuju; Bu Aisyah: minta perbaikan”."""
    last = {d.voice: d.get_verdict_display() for d in reversed(submission.decisions.all())}
    return "; ".join(f"{voice}: {verdict}" for voice, verdict in last.items())


def agreeing_does(submission: Submission, member: CouncilMember | None, open_notes: int) -> str:
    """The consequence of agreeing, as shown under the button."""
    if open_notes:
        return _("Tercatat sebagai satu suara. Senjang baru dapat disetujui sesudah staf menjawab semua catatan.")
    votes = review_state.votes_needed(submission)[Decision.Question.ADAT]
    if review_state.facts_missing(submission):
        return _("Tercatat sebagai satu suara dari %(n)d. Kantor masih memeriksa fakta layanannya.") % {"n": votes}
    if member and member.is_chair and all(one.is_chair for one in review_state.agreeing_members(submission)):
        return _("Tercatat sebagai suara ketua. Senjang disetujui setelah anggota lain juga setuju.")
    if votes == 1:
        return _("Semua bagian disetujui dan staf boleh menerbitkannya.")
    return _("Tercatat sebagai satu suara. Senjang disetujui setelah %(n)d anggota setuju.") % {"n": votes}


def _in_progress(submission: Submission) -> bool:
    return submission.task_state is not None and submission.task_state.status == TaskState.STATUS_IN_PROGRESS


def _after(submission: Submission, ruling: Ruling) -> ReviewState:
    if ruling.verdict == Ruling.Verdict.APPROVED:
        for withdrawal in submission.withdrawals.all():
            return ReviewState("withdrawn", _("Persetujuan dicabut"), withdrawal.reason, "tag-stop")
        return ReviewState("approved", _("Disetujui"), _("Staf sekarang boleh menerbitkan senjang ini."), "tag-ok")
    if ruling.verdict == Ruling.Verdict.SENT_BACK:
        detail = review_state.ending_words(submission)
        return ReviewState("sent_back", _("Diminta perbaikan"), detail, "tag-stop")
    if ruling.verdict == Ruling.Verdict.NOT_PUBLIC:
        return ReviewState("not_public", _("Tidak untuk umum"), review_state.ending_words(submission), "tag-stop")
    if ruling.verdict == Ruling.Verdict.RENEWED:
        return ReviewState("renewed", _("Diperbarui"), _("Staf menerima usul anggota; ada versi yang baru."))
    return ReviewState("recalled", _("Ditarik kembali"), _("Staf menarik kembali senjang ini."), "tag-stop")
