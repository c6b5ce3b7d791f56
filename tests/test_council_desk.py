"""The council in the admin: the list, one submission with its buttons, members, people, the editor's panel."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.office.models import Role, SecretLink
from media_assets import permissions, review, submitting
from media_assets.models import Approval, CouncilMember, Ruling, SenjangPage, Submission, Withdrawal
from performers.models import Person
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def address(name, *args):
    return reverse(f"submissions:{name}", args=args)


def test_the_list_tells_state_day_staff_and_members_verdicts(desk, staff, submission, elder):
    review.send_back(submission, member=elder, reason="Bait kedua", by=elder.person.user)

    page = shown(desk.get(address("index")))

    for words in ("Izin Mudah", "Diminta perbaikan", "Pak Mahmud: minta perbaikan", "Sari Wulandari"):
        assert words in page


def test_the_list_asks_the_database_as_often_for_three_as_for_one(desk, staff, submission, elder):
    def one_more():
        review.agree(submitting.submit(complete(), by=staff), member=elder, by=elder.person.user)

    one_more()
    desk.get(address("index"))
    few = count(lambda: desk.get(address("index")))
    one_more()
    one_more()

    assert count(lambda: desk.get(address("index"))) == few


def count(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_one_submission_shows_its_text_and_decisions_and_what_can_be_done(desk, submission, elder):
    page = shown(desk.get(address("inspect", submission.pk)))
    review.agree(submission, member=elder, by=elder.person.user)
    after = shown(desk.get(address("inspect", submission.pk)))

    assert [words in page for words in ("Tarik kembali", "Buat tautan", "Cabut persetujuan")] == [True, True, False]
    assert [words in after for words in ("Tarik kembali", "Buat tautan", "Cabut persetujuan")] == [False, False, True]
    assert "Menunggu Lembaga Adat" in page
    assert "Ngurus izin idak lah saro" in page
    assert "Pak Mahmud Pembuka bentuk setuju" in after


def test_taking_it_back_from_the_desk(desk, submission):
    answer = desk.post(address("recall", submission.pk), follow=True)

    assert "Pengajuan ditarik kembali." in shown(answer)
    assert Ruling.objects.get().verdict == Ruling.Verdict.RECALLED
    again = shown(desk.post(address("recall", submission.pk), follow=True))
    assert "Pengajuan ini sudah selesai" in again


def test_a_members_link_is_shown_once_with_copy_button_and_whatsapp(desk, submission, elder):
    answer = desk.post(address("invite", submission.pk), {"member": elder.pk})

    key = re.search(r"https://bersenjang\.example/adat/t/([\w-]+)/", answer.content.decode())[1]
    page = answer.content.decode()
    assert ("w-clipboard#copy" in page, "https://wa.me/?text=" in page) == (True, True)
    assert "no-store" in answer["Cache-Control"]
    assert desk.get(f"/adat/t/{key}/").status_code == 200
    inspected = desk.get(address("inspect", submission.pk))
    assert key not in inspected.content.decode()
    assert "Cabut tautan" in shown(inspected)


def test_a_link_revoked_at_the_desk_is_shut(desk, submission, elder):
    page = desk.post(address("invite", submission.pk), {"member": elder.pk}).content.decode()
    path = re.search(r"https://bersenjang\.example(/adat/t/[\w-]+/)", page)[1]

    desk.post(address("revoke", submission.pk, submission.invitations.get().pk))

    assert desk.get(path).status_code == 404
    assert "Tidak berlaku lagi" in shown(desk.get(address("inspect", submission.pk)))


@pytest.mark.parametrize("member", ["", "0", "-1", "abc", "٣", "99999999999999999999"])
def test_a_link_for_nobody_is_refused_in_words(member, desk, submission):
    answer = desk.post(address("invite", submission.pk), {"member": member}, follow=True)

    assert "Pilih dulu anggotanya." in shown(answer)
    assert not SecretLink.objects.exists()


def test_withdrawing_at_the_desk_takes_the_page_off(desk, staff, submission, elder):
    review.agree(submission, member=elder, by=elder.person.user)
    page = submission.page
    page.get_latest_revision().publish(user=staff)

    unreasoned = desk.post(address("withdraw", submission.pk), {"reason": " "}, follow=True)
    live = SenjangPage.objects.get(pk=page.pk).live
    desk.post(address("withdraw", submission.pk), {"reason": "Keluarga keberatan"})

    assert "Tulis alasannya" in shown(unreasoned)
    assert (live, SenjangPage.objects.get(pk=page.pk).live) == (True, False)
    assert [w.reason for w in Withdrawal.objects.all()] == ["Keluarga keberatan"]
    assert not Approval.objects.exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.COUNCIL, Role.RADIO, Role.FRONT_DESK])
def test_who_may_not_does_nothing_at_the_desk(role, client, user_in, submission, elder):
    client.force_login(user_in(role))

    for name, sent in (("recall", {}), ("invite", {"member": elder.pk}), ("withdraw", {"reason": "x"})):
        assert client.post(address(name, submission.pk), sent).status_code == 302

    assert (Ruling.objects.count(), SecretLink.objects.count(), Withdrawal.objects.count()) == (0, 0, 0)


def test_the_head_reads_the_list_and_others_do_not(client, user_in, submission):
    answers = {}
    for role in (Role.HEAD, Role.COUNCIL, Role.RADIO, Role.FRONT_DESK):
        client.force_login(user_in(role))
        answers[role] = client.get(address("index")).status_code

    assert answers == {Role.HEAD: 200, Role.COUNCIL: 302, Role.RADIO: 302, Role.FRONT_DESK: 302}


def test_nobody_adds_changes_or_deletes_a_submission_in_the_admin(client, submission):
    client.force_login(factories.UserFactory(is_superuser=True))

    answers = [
        client.post(address("add"), {"title": "Palsu"}).status_code,
        client.post(address("edit", submission.pk), {"title": "Lain"}).status_code,
        client.post(address("delete", submission.pk)).status_code,
    ]

    assert answers == [302, 302, 302]
    assert [s.title for s in Submission.objects.all()] == ["Izin Mudah"]


def test_the_administrator_seats_a_member(client, user_in):
    person = factories.PersonFactory(name="Bu Aisyah")
    client.force_login(user_in(Role.ADMINISTRATOR))

    client.post(
        reverse("council_members:add"),
        {"person": person.pk, "position": "Anggota", "since": "2026-01-01", "until": ""},
    )

    assert [(m.person, m.is_serving(timezone.localdate())) for m in CouncilMember.objects.all()] == [(person, True)]
    assert "Bu Aisyah" in shown(client.get(reverse("council_members:index")))


def test_contacts_show_to_those_who_may_see_people_only(client, user_in):
    factories.PersonFactory(name="Penyanyi", contact="0812 7777 8888")
    seen = {}
    for role in Role:
        client.force_login(user_in(role))
        seen[role] = "0812 7777 8888" in client.get(reverse("people:index")).content.decode()

    assert [role for role, sees in seen.items() if sees] == [Role.ADMINISTRATOR, Role.COMMUNICATIONS]
    assert Person.objects.get(name="Penyanyi").contact == "0812 7777 8888"


@pytest.mark.parametrize(("role", "linked"), [(Role.COMMUNICATIONS, False), (Role.ADMINISTRATOR, True)])
def test_only_the_administrator_ties_a_person_to_a_log_in(client, user_in, role, linked):
    person, account = factories.PersonFactory(name="Pak Mahmud"), user_in(Role.COUNCIL)
    client.force_login(user_in(role))
    form = {"name": "Pak Mahmud", "role": "adat", "kecamatan": "", "contact": "", "user": account.pk}

    offered = [b'name="user"' in client.get(reverse(*door)).content for door in doors_of(person)]
    client.post(reverse("people:edit", args=[person.pk]), form)
    client.post(reverse("people:add"), form | {"name": "Yang baru", "user": user_in(Role.COUNCIL).pk})

    assert offered == [linked, linked]
    assert [bool(one.user_id) for one in Person.objects.filter(role="adat").order_by("pk")] == [linked, linked]


def doors_of(person):
    return [("people:add",), ("people:edit", None, [person.pk])]


def test_staff_who_edit_a_person_leave_the_log_in_as_it_is(desk, elder):
    account = elder.person.user

    desk.post(
        reverse("people:edit", args=[elder.person.pk]),
        {"name": "Pak Mahmud", "role": "adat", "kecamatan": "", "contact": "0812", "user": ""},
    )

    assert Person.objects.filter(pk=elder.person.pk).values_list("user", "contact").get() == (account.pk, "0812")


def test_no_public_page_shows_a_contact(client):
    page = complete(title="Terbit")
    person = Person.objects.get(name="Penulis")
    person.contact = "0812 7777 8888"
    person.save()
    factories.approve(page)
    page.get_latest_revision().publish()

    for path in ("/", "/senjang/", page.url):
        answer = client.get(path)
        assert (answer.status_code, "0812 7777 8888" in answer.content.decode()) == (200, False)


def test_the_editor_says_where_the_text_stands_and_why_it_came_back(desk, submission, elder):
    review.send_back(submission, member=elder, reason="Bait kedua keliru", by=elder.person.user)

    page = shown(desk.get(reverse("wagtailadmin_pages:edit", args=[submission.page_id])))

    assert "Diminta perbaikan oleh Pak Mahmud: Bait kedua keliru" in page


ALLOWED = {
    permissions.can_submit: {Role.ADMINISTRATOR, Role.COMMUNICATIONS},
    permissions.can_recall: {Role.ADMINISTRATOR, Role.COMMUNICATIONS},
    permissions.can_decide: {"member"},
    permissions.can_read_submission: {Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HEAD, "member"},
}
ALLOWED_AT_ALL = {
    permissions.can_withdraw: {Role.ADMINISTRATOR, Role.COMMUNICATIONS, "member"},
    permissions.can_issue_links: {Role.ADMINISTRATOR, Role.COMMUNICATIONS},
}


@pytest.mark.parametrize("who", [*Role, "member", "nobody", "off duty"])
def test_who_may_do_what(who, user_in, submission, elder):
    if who == "member":
        user = elder.person.user
    elif who in ("nobody", "off duty"):
        user = None if who == "nobody" else user_in(Role.COMMUNICATIONS, is_active=False)
    else:
        user = user_in(who)

    may = {can: can(user, submission.page if can is permissions.can_submit else submission) for can in ALLOWED}
    may_at_all = {can: can(user) for can in ALLOWED_AT_ALL}

    assert may == {can: who in allowed for can, allowed in ALLOWED.items()}
    assert may_at_all == {can: who in allowed for can, allowed in ALLOWED_AT_ALL.items()}


def test_a_superuser_without_a_seat_decides_nothing(submission, elder):
    chief = factories.UserFactory(is_superuser=True)

    assert not permissions.can_decide(chief, submission)
    with pytest.raises(PermissionDenied):
        review.agree(submission, member=elder, by=chief)
