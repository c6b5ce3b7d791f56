"""Recording a sheet in the admin: the second officer is blind to the first, and every refusal is a sentence."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.office.models import Role
from media_assets import review, submitting
from media_assets.models import Approval, SheetReading, SignedSheet, Sitting
from tests.paper import WHOLE, first, members, picture, printed
from tests.test_review import reword

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    return members(user_in, "Ketua Karim", "Bu Aisyah")


@pytest.fixture
def submission(staff, council):
    return printed(staff, title="Izin Mudah")


@pytest.fixture
def others_desk(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS, first_name="Fikri"))
    return client


def entry(submission):
    return reverse("submissions:enter_paper", args=[submission.pk])


def sent(council, *verdicts, sheet="", **fields):
    """A form as a browser sends it: a verdict for each member in turn."""
    data = {"held_on": timezone.localdate().isoformat(), "place": "Balai adat", "sheet": sheet}
    data |= {f"anggota-{member.pk}-verdict": verdict for member, verdict in zip(council, verdicts, strict=False)}
    return data | fields


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_two_officers_record_a_sheet_and_the_text_is_approved(client, desk, user_in, submission, council):
    begun = desk.post(entry(submission), sent(council, "setuju", "setuju", scan=picture()), follow=True)
    client.force_login(user_in(Role.COMMUNICATIONS))
    sheet = SignedSheet.objects.get().pk

    done = client.post(entry(submission), sent(council, "setuju", "setuju", sheet=sheet), follow=True)

    assert "Sekarang petugas lain membaca pindaian yang sama." in shown(begun)
    assert "Kedua bacaan sama. Putusan anggota sudah dicatat." in shown(done)
    assert "Disetujui" in shown(done)
    assert Approval.objects.count() == 1


def test_the_second_sees_the_scan_and_not_what_the_first_read(others_desk, staff, submission, council):
    sheet = first(submission, {council[0]: WHOLE, council[1]: ("tertutup", [], "", "Milik upacara")}, by=staff)

    page = others_desk.get(entry(submission)).content.decode()
    inspect = others_desk.get(reverse("submissions:inspect", args=[submission.pk])).content.decode()

    assert reverse("submissions:sheet_scan", args=[submission.pk, sheet.pk]) in page
    assert "Sari Wulandari sudah mencatat bacaannya." in page
    assert [words in page + inspect for words in (" checked", "Milik upacara", "Balai adat Sekayu")] == [False] * 3


def test_where_they_differ_both_see_the_fields_only(client, user_in, staff, submission, council):
    first(submission, {council[0]: WHOLE, council[1]: WHOLE}, by=staff, place="Balai adat")
    client.force_login(user_in(Role.COMMUNICATIONS))
    sheet = SignedSheet.objects.get().pk

    second = shown(client.post(entry(submission), sent(council, "setuju", "absen", sheet=sheet), follow=True))
    client.force_login(staff)
    again = shown(client.get(entry(submission)))

    for page in (second, again):
        assert "Bacaan Anda dan bacaan petugas lain belum sama." in page
        assert "Yang berbeda: Bu Aisyah: putusan" in page
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scan": ""}, "Unggah pindaian atau foto lembarnya."),
        ({"scan": picture("GIF", name="lembar.png")}, "Berkas ini bukan PDF, JPG atau PNG"),
        ({"held_on": ""}, "Isi hari sidangnya."),
        ({"held_on": "2999-01-01"}, "Hari sidang harus antara hari pengajuan dan hari ini."),
        ({"place": " "}, "Isi tempat sidangnya."),
        ({"sheet": "12"}, "Petugas lain baru saja mengunggah pindaian."),
        ({"sheet": "x" * 99}, "Tulis bilangan bulat"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(desk, submission, council, fields, sentence):
    answer = desk.post(entry(submission), sent(council, "setuju", "absen", **({"scan": picture()} | fields)))

    assert answer.status_code == 400
    assert sentence in shown(answer) or "x" * 9 in str(fields)
    assert not SignedSheet.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("", "Pilih putusan anggota ini"),
        ("sebagian", "Centang kotak yang disetujui"),
        ("perbaiki", "Salin alasannya dari lembar."),
        ("tertutup", "Salin alasannya dari lembar."),
        ("undur", "Salin alasannya dari lembar."),
    ],
)
def test_half_an_answer_is_refused_at_its_member(desk, submission, council, verdict, sentence):
    answer = desk.post(entry(submission), sent(council, "setuju", verdict, scan=picture()))

    assert (answer.status_code, sentence in shown(answer)) == (400, True)
    assert not SheetReading.objects.exists()


def test_a_member_who_decided_by_log_in_is_shown_as_such(desk, submission, council):
    review.agree(submission, member=council[1], parts=["isi"], by=council[1].person.user)

    page = shown(desk.get(entry(submission)))
    refused = desk.post(
        entry(submission),
        sent(council, "setuju", "tertutup", scan=picture(), **{f"anggota-{council[1].pk}-reason": "Milik upacara"}),
    )

    assert "Sudah memutuskan lewat akun: setuju (isi). Lembar ini tidak dapat mengubahnya." in page
    assert "Bu Aisyah sudah memutuskan lewat akun" in shown(refused)


def test_a_sheet_of_the_past_says_so_and_shows_what_is_newer(desk, staff, submission, council):
    submitting.recall(submission, by=staff)
    ended = shown(desk.get(entry(submission)))
    later = submitting.submit(reword(submission.page, "isi", "Baris lain"), by=staff)

    page = desk.get(entry(submission))

    assert "tidak lagi menunggu putusan" in ended
    assert "Lembar ini untuk versi yang lebih lama" in shown(page)
    assert reverse("submissions:inspect", args=[later.pk]) in page.text


@pytest.mark.parametrize(
    ("role", "enters", "looks"),
    [(Role.ADMINISTRATOR, 200, 200), (Role.HEAD, 302, 200), (Role.COUNCIL, 302, 302), (Role.RADIO, 302, 302)],
)
def test_who_may_record_and_who_may_look_at_the_scan(client, user_in, staff, submission, council, role, enters, looks):
    sheet = first(submission, {council[0]: WHOLE}, by=staff)
    client.force_login(user_in(role))

    answers = [
        client.get(entry(submission)).status_code,
        client.get(reverse("submissions:sheet_scan", args=[submission.pk, sheet.pk])).status_code,
    ]

    assert answers == [enters, looks]


def test_the_entry_asks_as_often_for_six_members_as_for_two(desk, user_in, submission):
    def count():
        with CaptureQueriesContext(connection) as queries:
            desk.get(entry(submission))
        return len(queries)

    count()
    few = count()
    members(user_in, *(f"Anggota {n}" for n in range(4)))

    assert count() == few
