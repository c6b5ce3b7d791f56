"""A signed sheet becomes verdicts once two officers read it alike."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.office import trail
from cms.office.append_only import HistoryIsFixed
from cms.office.models import Notice, Role
from media_assets import answering, lyrics, noting, paper_entry, review, review_state, sitting_sheet
from media_assets.models import Approval, Decision, Recusal, Ruling, SheetReading, SignedSheet, Sitting
from tests.paper import WHOLE, again, first, members, picture, printed, reading, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    return members(user_in, "Ketua Karim", "Bu Aisyah", "Pak Rusdi")


def test_one_reading_decides_nothing_and_calls_for_another(staff, council):
    submission = printed(staff)

    first(submission, {council[0]: WHOLE, council[1]: WHOLE}, by=staff)

    notice = Notice.objects.get(role=Role.COMMUNICATIONS, done_at=None)
    assert written() == (1, 0, 0)
    assert "Petugas lain diminta membacanya juga." in notice.text
    assert notice.url.endswith(f"/{submission.pk}/lembar-sidang/catat/")


def test_two_alike_approve_through_the_sheet(staff, other, council):
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: WHOLE, council[2]: ("absen",)}

    again(first(submission, said, by=staff), said, by=other)

    lines = trail.of(submission.page).filter(verb="setujui")
    assert (Approval.objects.count(), submission.ruling.verdict) == (1, Ruling.Verdict.APPROVED)
    assert set(Decision.objects.values_list("member", "way")) == {(one.pk, "kertas") for one in council[:2]}
    assert {(line.actor_kind, line.actor_name) for line in lines} == {
        ("paper", f"lembar sidang {sitting_sheet.of(submission).number}")
    }
    assert not Notice.objects.filter(done_at=None, key__endswith="-lembar").exists()


def test_too_few_votes_wait_for_the_others(staff, other, council):
    submission = printed(staff)
    said = {council[1]: ("sebagian", ["pembuka bentuk", "pembuka bahasa", "pembuka adat"])}

    again(first(submission, said, by=staff), said, by=other)

    assert written() == (2, 1, 3)
    assert not Ruling.objects.exists()
    assert SignedSheet.objects.open_for(submission) is None


def test_asking_for_a_better_part_keeps_what_was_agreed(staff, other, council):
    submission = printed(staff)
    said = {
        council[0]: WHOLE,
        council[1]: ("perbaiki", ["penutup adat"], "isi", "Baris tiga"),
        council[2]: ("perbaiki", [], "", "Terlalu panjang"),
    }

    again(first(submission, said, by=staff), said, by=other)

    state = review_state.state_of(submission.page)
    given = {(d.part, d.question, d.verdict) for d in Decision.objects.filter(member=council[1])}
    assert state.detail == "Diminta perbaikan oleh Bu Aisyah: Baris tiga; Pak Rusdi: Terlalu panjang"
    assert given == {("penutup", "adat", "setuju")} | {("isi", q, "perbaiki") for q in ("bentuk", "bahasa", "adat")}
    assert trail.of(submission.page).filter(verb="minta perbaikan", actor_kind="paper").count() == 2


def test_not_for_the_public_outweighs_a_request_to_mend(staff, other, council):
    submission = printed(staff)
    said = {council[0]: ("tertutup", [], "", "Milik upacara"), council[1]: ("perbaiki", [], "isi", "Baris tiga")}

    again(first(submission, said, by=staff), said, by=other)

    assert submission.ruling.verdict == Ruling.Verdict.NOT_PUBLIC
    assert review_state.state_of(submission.page).detail == "Tidak untuk umum, kata Ketua Karim: Milik upacara"


def test_whoever_steps_aside_on_paper_is_not_waited_for(staff, other, council):
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: WHOLE, council[2]: ("undur", [], "", "Sepupu penulisnya")}

    again(first(submission, said, by=staff), said, by=other)

    assert (Recusal.objects.get().reason, Approval.objects.count()) == ("Sepupu penulisnya", 1)


def test_where_two_differ_both_learn_where_and_neither_what(staff, other, council):
    submission = printed(staff)
    sheet = first(submission, {council[0]: WHOLE, council[1]: ("perbaiki", [], "isi", "Baris tiga")}, by=staff)
    again(sheet, {council[0]: ("absen",), council[1]: ("perbaiki", [], "", "Baris tiga!")}, by=other, place="Sekayu")

    seen = [paper_entry.told(paper_entry.differing(sheet, who)) for who in (staff, other)]

    assert seen == [["tempat", "Ketua Karim: putusan", "Bu Aisyah: bagian yang perlu diperbaiki"]] * 2
    assert written() == (2, 0, 0)
    assert "Kedua petugas diminta mencatat lagi" in Notice.objects.get(key__endswith="-lembar", done_at=None).text


def test_read_again_alike_it_counts_and_every_reading_is_kept(staff, other, council):
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: WHOLE}
    sheet = first(submission, said, by=staff)
    again(sheet, {council[0]: WHOLE}, by=other)

    again(sheet, said, by=other)

    assert (SheetReading.objects.count(), Approval.objects.count()) == (3, 1)
    assert [(one.first_by, one.second_by) for one in Sitting.objects.all()] == [(staff, other)]


def test_one_officer_is_never_both(staff, council):
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: WHOLE}

    again(first(submission, said, by=staff), said, by=staff)

    assert written() == (2, 0, 0)
    row = {"sheet": SignedSheet.objects.get(), "held_on": timezone.localdate(), "place": "x", "answers": {}}
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(**row, first_by=staff, second_by=staff)


def test_a_suggestion_that_was_declined_keeps_nobody_off_the_paper(staff, other, council):
    submission, member = printed(staff), council[1]
    softer = lyrics.Wording("Ngurus izin dak saro", "Mengurus izin tidak susah")
    note = noting.write(
        submission, member=member, uid=submission.text["isi"][0][0]["uid"], words="", suggestion=softer, through="x"
    )
    review.agree_with_changes(submission, member=member, reason="Lebih halus", through="x")
    answering.decline(note, words="Tidak bersajak", by=staff)
    said = {council[0]: WHOLE, member: WHOLE}

    again(first(submission, said, by=staff), said, by=other)

    assert submission.ruling.verdict == Ruling.Verdict.APPROVED


def test_what_a_member_said_elsewhere_stands_and_the_sheet_adds_the_rest(staff, other, council):
    submission = printed(staff)
    review.agree(submission, member=council[1], parts=["isi"], through="Bu Aisyah")
    said = {council[0]: WHOLE, council[1]: WHOLE}

    again(first(submission, said, by=staff), said, by=other)

    ways = set(Decision.objects.filter(member=council[1]).values_list("part", "way"))
    assert (ways, Approval.objects.count()) == (
        {("isi", "tautan"), ("pembuka", "kertas"), ("penutup", "kertas")},
        1,
    )


def test_a_new_scan_takes_the_place_of_one_that_is_known(staff, other, council):
    submission = printed(staff)
    said = {council[0]: WHOLE, council[1]: WHOLE}
    sheet = first(submission, said, by=staff)
    with pytest.raises(ValidationError, match="Petugas lain baru saja"):
        first(submission, said, by=other)

    newer = paper_entry.start(submission, reading(said), scan=picture(), replaces=sheet.pk, by=other).sheet

    with pytest.raises(ValidationError, match="pindaiannya diganti"):
        again(sheet, said, by=staff)
    assert SignedSheet.objects.open_for(submission) == newer
    assert len(storages["private"].listdir("sidang")[1]) == 2


def test_nobody_changes_a_reading(staff, council):
    sheet = first(printed(staff), {council[0]: WHOLE}, by=staff)

    for attempt in (sheet.save, sheet.readings.get().delete, lambda: SheetReading.objects.update(place="x")):
        with pytest.raises(HistoryIsFixed):
            attempt()


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_finish_at_the_same_moment_one_wins(staff, other, council, user_in):
    submission, third = printed(staff), user_in(Role.COMMUNICATIONS)
    said = {council[0]: WHOLE, council[1]: WHOLE}
    sheet = first(submission, said, by=staff)
    gate, refused = threading.Barrier(2), []

    def finish(officer):
        try:
            gate.wait(5)
            again(sheet, said, by=officer)
        except ValidationError as error:
            refused.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=[officer]) for officer in (other, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)

    assert (written(), Ruling.objects.count(), Approval.objects.count()) == ((2, 1, 18), 1, 1)
    assert refused == ["Pengajuan ini sudah selesai: disetujui."]
