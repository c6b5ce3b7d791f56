"""The council's approval sheet: one a ruling, with everything that was approved, and true also after a withdrawal."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.office import papers, trail
from cms.office.models import Paper, Role
from media_assets import approval_sheet, minutes, review, submitting
from media_assets.models import Approval, CouncilRule
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def elders(user_in):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    named = (("Pak Mahmud", "Pemangku adat"), ("Bu Aisyah", "Anggota"), ("Pak Rusdi", "Anggota"))
    return [
        factories.CouncilMemberFactory(person__name=name, person__user=user_in(Role.COUNCIL), position=position)
        for name, position in named
    ]


@pytest.fixture
def approve(staff, elders):
    """A submission that two of three members agreed to: `approve(title="…")`."""

    def make(**fields):
        submission = submitting.submit(complete(**fields), by=staff)
        for elder in elders[:2]:
            review.agree(submission, member=elder, by=elder.person.user)
        return submission

    return make


def pages(paper):
    document = pypdfium2.PdfDocument(papers.pdf(paper))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def words(paper):
    return " ".join(pages(paper))


def test_the_sheet_holds_the_whole_text_and_who_agreed(staff, approve):
    submission = approve(title="Izin Mudah")

    paper = approval_sheet.issue(submission, by=staff)

    text = words(paper)
    told = ["Lembar persetujuan", paper.number, "Izin Mudah", "Pak Mahmud", "Pemangku adat", "Bu Aisyah", "Musi"]
    told += ["1 Assalamualaikum kami ucapke arti Assalamualaikum", "3 Ngurus izin idak lah saro", "6 Mohon maaf"]
    told += [papers.spaced(submission.digest[-64:][:16]), "sedikitnya 2 suara", "Pembuka 2 2 2", "Penutup 2 2 2"]
    assert [line for line in told if line not in text] == []
    assert "Pak Rusdi" not in text
    with pikepdf.open(BytesIO(papers.pdf(paper))) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert [round(float(edge)) for edge in document.pages[0].mediabox] == [0, 0, 595, 842]


def test_a_ruling_has_one_sheet_also_after_the_approval_is_gone(staff, approve):
    submission = approve()
    first = approval_sheet.issue(submission, by=staff)
    review.withdraw(Approval.objects.get(), reason="Keluarga keberatan", by=staff)

    again = approval_sheet.issue(submission, by=staff)

    assert (again.pk, Paper.objects.count()) == (first.pk, 1)
    assert trail.of(submission.page).filter(verb="terbitkan surat").get().text == (
        f"Lembar persetujuan nomor {first.number} dibuat: Senjang “{submission.title}”."
    )


def test_no_sheet_is_made_of_what_is_not_approved(staff, approve, elders):
    waiting = submitting.submit(complete(), by=staff)
    withdrawn = approve()
    review.withdraw(Approval.objects.get(), reason="Keluarga keberatan", by=staff)

    for submission in (waiting, withdrawn):
        with pytest.raises(ValidationError, match="disetujui dan belum dicabut"):
            approval_sheet.issue(submission, by=staff)

    assert not Paper.objects.exists()


def test_who_may_not_read_submissions_makes_no_sheet(approve, user_in):
    submission = approve()

    with pytest.raises(PermissionDenied):
        approval_sheet.issue(submission, by=user_in(Role.RADIO))

    assert not Paper.objects.exists()


def test_a_later_verdict_elsewhere_takes_no_name_off_the_sheet(staff, approve, elders):
    submission = approve(title="Izin Mudah")
    page = submission.page
    page = page.get_latest_revision_as_object()
    page.isi = factories.stanza("Baris baru", "Baris kedua")
    page.save_revision()
    later = submitting.submit(page, by=staff)
    review.send_back(later, member=elders[0], reason="Bait kedua", by=elders[0].person.user)

    assert "Pak Mahmud" in words(approval_sheet.issue(submission, by=staff))


def test_the_check_page_tells_when_the_approval_was_withdrawn(client, staff, approve):
    paper = approval_sheet.issue(approve(title="Izin Mudah"), by=staff)
    standing = client.get(f"/periksa/{paper.code}").text
    review.withdraw(Approval.objects.get(), reason="Keluarga Haji Umar keberatan", by=staff)

    after = client.get(f"/periksa/{paper.code}").text

    assert "masih berlaku" in standing
    assert "Persetujuan Lembaga Adat atas teks ini masih berlaku." in standing
    assert ("tidak berlaku lagi" in after, "sudah dicabut" in after, "Haji Umar" in after) == (True, True, False)


@pytest.mark.parametrize("stanzas", [1, 200])
def test_a_text_of_any_length_has_room(staff, approve, stanzas):
    bait = factories.stanza(*["Ngurus izin idak lah saro, datang ke kantor disambut rami"] * 4)
    submission = approve(isi=bait * stanzas)

    assert f"{stanzas * 4 + 4} Mohon maaf kami pamit" in words(approval_sheet.issue(submission, by=staff))


def test_the_button_makes_the_sheet_and_then_opens_it(desk, approve):
    submission = approve(title="Izin Mudah")
    inspect, made = (reverse(f"submissions:{name}", args=[submission.pk]) for name in ("inspect", "approval_sheet"))
    before = desk.get(inspect).text
    early = desk.get(made)

    answer = desk.post(made, follow=True)

    paper = Paper.objects.get()
    assert "Buat lembar persetujuan (PDF)" in before
    assert (early.status_code, answer["Content-Type"]) == (404, "application/pdf")
    assert b"".join(answer.streaming_content) == papers.pdf(paper)
    assert f"lembar-persetujuan-{paper.code}.pdf" in answer["Content-Disposition"]
    assert paper.number in desk.get(inspect).text


@pytest.mark.parametrize(
    ("role", "opens"), [(Role.HEAD, False), (Role.ADMINISTRATOR, True), (Role.COUNCIL, False), (Role.RADIO, False)]
)
def test_who_may_make_it_at_the_desk(client, user_in, approve, role, opens):
    submission = approve()
    client.force_login(user_in(role))

    for name in ("approval_sheet", "minutes"):
        client.post(reverse(f"submissions:{name}", args=[submission.pk]))

    assert Paper.objects.exists() == opens


def test_the_head_opens_a_paper_that_was_made_and_is_offered_no_other(client, user_in, staff, approve):
    submission = approve()
    minutes.issue(submission, by=staff)
    client.force_login(user_in(Role.HEAD))

    page = client.get(reverse("submissions:inspect", args=[submission.pk])).text

    assert ("Berita acara (PDF)" in page, "Buat lembar persetujuan" in page) == (True, False)
    assert client.get(reverse("submissions:minutes", args=[submission.pk])).status_code == 200
