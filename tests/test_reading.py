"""That a member has opened a text is noted once, for people only, and staff see it."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from cms.office import trail
from cms.office.append_only import HistoryIsFixed
from cms.office.models import ActorKind, Role, SecretLink
from media_assets import invitations, reading, submitting
from media_assets.models import Reading
from tests import factories
from tests.test_adat import path_of, shown
from tests.test_review import complete

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 5.1; SM-J200G; wv) AppleWebKit/537.36 Chrome/44.0.2403.119 Mobile Safari/537.36"
BY_HAND = {"headers": {"user-agent": ANDROID}}


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


@pytest.fixture
def link(submission, elder, staff):
    return path_of(invitations.invite(submission, member=elder, by=staff))


def read_lines(submission):
    return trail.of(submission.page).filter(verb="dibaca")


def test_the_first_opening_by_log_in_is_noted_once(elders_browser, elder, submission):
    for _time in range(3):
        elders_browser.get(f"/adat/{submission.pk}/", **BY_HAND)

    assert list(Reading.objects.values_list("submission", "member", "by_link")) == [(submission.pk, elder.pk, False)]
    line = read_lines(submission).get()
    assert (line.actor, line.text, line.data) == (
        elder.person.user,
        "Pak Mahmud membuka senjang “Izin Mudah”.",
        {"submission": submission.pk},
    )


def test_the_first_opening_by_link_is_noted_with_the_link(client, submission, elder, link):
    client.get(link, **BY_HAND)
    client.get(link, **BY_HAND)

    assert Reading.objects.get().by_link
    assert read_lines(submission).get().actor_kind == ActorKind.LINK


def test_each_member_and_each_version_has_a_first_opening_of_its_own(submission, elder, staff):
    other = submitting.submit(complete(), by=staff)
    for text in (submission, other):
        for member in (elder, factories.CouncilMemberFactory()):
            reading.note(text, member=member, through=str(member))

    assert Reading.objects.count() == 4


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "WhatsApp/2.23.20.0"},
        {"user-agent": "TelegramBot (like TwitterBot)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": ""},
        {"user-agent": ANDROID, "sec-purpose": "prefetch;prerender"},
        {"user-agent": ANDROID, "purpose": "preview"},
    ],
)
def test_a_link_preview_has_read_nothing(headers, client, link):
    client.get(link, headers=headers)
    client.get(link.rstrip("/") + ").", headers=headers, follow=True)

    assert (Reading.objects.count(), SecretLink.objects.get().last_used_at) == (0, None)


def test_asking_for_the_head_only_is_no_reading(client, link):
    for address in (link, link.rstrip("/") + ")."):
        client.head(address, follow=True, **BY_HAND)

    assert (Reading.objects.count(), SecretLink.objects.get().last_used_at) == (0, None)


@pytest.mark.parametrize("way", ["opened", "opened with a sign stuck to it", "sent"])
def test_a_person_who_opens_a_link_or_sends_its_form_has_used_it(way, client, link):
    if way == "sent":
        client.post(link, {"verdict": "setuju"}, **BY_HAND)
    else:
        client.get(link if way == "opened" else link.rstrip("/") + ").", follow=True, **BY_HAND)

    assert SecretLink.objects.get().last_used_at is not None


def test_staff_who_open_the_text_or_try_the_link_are_not_the_member(desk, submission, link):
    desk.get(f"/adat/{submission.pk}/", **BY_HAND)
    desk.get(link, **BY_HAND)

    assert Reading.objects.count() == 0


def test_staff_see_who_has_opened_it_and_when(desk, submission, elder):
    at = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
    by_link = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    Reading.objects.create(submission=submission, member=elder, at=at)
    Reading.objects.create(submission=submission, member=by_link, at=at, by_link=True)

    page = shown(desk.get(f"/admin/adat/pengajuan/inspect/{submission.pk}/"))

    assert "dibaca Pak Mahmud, 21 November 2026 pukul 10.15 WIB" in page
    assert "dibaca Bu Aisyah lewat tautan, 21 November 2026 pukul 10.15 WIB" in page


def test_before_anybody_opened_it_the_page_says_nothing_of_readers(desk, submission):
    assert "Sudah dibaca" not in shown(desk.get(f"/admin/adat/pengajuan/inspect/{submission.pk}/"))


def test_a_first_opening_cannot_be_changed_nor_written_twice(submission, elder):
    reading.note(submission, member=elder, through="Pak Mahmud")
    row = Reading.objects.get()

    with pytest.raises(HistoryIsFixed):
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(submission=submission, member=elder)
    assert Reading.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_the_same_moment_leave_one_line(user_in):
    if connection.vendor == "sqlite":
        pytest.skip("needs real threads")
    member = factories.CouncilMemberFactory()
    submission = submitting.submit(complete(), by=user_in(Role.COMMUNICATIONS))
    gate = threading.Barrier(2)

    def open_it():
        gate.wait()
        reading.note(submission, member=member, through="dua")
        connection.close()

    threads = [threading.Thread(target=open_it) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Reading.objects.count(), read_lines(submission).count()) == (1, 1)
