"""The floor holds: history stays, keys are secret, notices are told once."""

import logging
from logging.config import dictConfig

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.utils import timezone

from cms.office import links, notices, trail
from cms.office.append_only import HistoryIsFixed, erasing
from cms.office.models import Notice, Role, SecretLink, Trail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed():
    return trail.record("menguji", factories.PersonFactory(), "Mencatat sesuatu")


def test_a_line_of_the_trail_cannot_be_changed_or_removed(deed):
    attempts = [
        deed.save,
        deed.delete,
        Trail.objects.all().delete,
        lambda: Trail.objects.update(text="lain"),
        lambda: Trail.objects.bulk_update([deed], ["text"]),
    ]

    for attempt in attempts:
        with pytest.raises(HistoryIsFixed):
            attempt()

    assert Trail.objects.get(pk=deed.pk).text == "Mencatat sesuatu"


def test_a_new_line_cannot_take_the_place_of_an_old_one(deed):
    again = Trail(pk=deed.pk, actor_name="Orang lain", text="lain")

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    with pytest.raises(HistoryIsFixed):
        Trail.objects.bulk_create([again], update_conflicts=True, unique_fields=["pk"], update_fields=["text"])

    assert Trail.objects.get(pk=deed.pk).text == "Mencatat sesuatu"


@pytest.mark.skipif(
    "not __import__('django.db').db.connection.vendor == 'postgresql'", reason="triggers are PostgreSQL's"
)
def test_postgresql_itself_refuses_a_change(deed):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE office_trail SET text = 'lain'")

    assert Trail.objects.get(pk=deed.pk).text == "Mencatat sesuatu"


def test_lawful_erasure_has_one_switch(deed):
    with erasing():
        Trail.objects.all().delete()

    assert not Trail.objects.exists()


def test_only_the_holder_of_the_key_gets_in_and_use_is_noted():
    person = factories.PersonFactory()
    key = links.issue("baca", person, holder="Pak Mahmud", by=None)

    assert links.follow("baca", key + "x") is None
    assert links.follow("lain", key) is None
    links.follow("baca", key, by_person=False)
    assert SecretLink.objects.get().last_used_at is None
    link = links.follow("baca", key)

    assert (link.subject_id, link.holder) == (str(person.pk), "Pak Mahmud")
    link.refresh_from_db()
    assert link.last_used_at is not None
    assert key not in str(SecretLink.objects.values())


def test_a_new_link_ends_the_old_one_and_a_revoked_or_expired_one_is_shut():
    person = factories.PersonFactory()
    old = links.issue("baca", person, holder="Pak Mahmud", by=None)
    new = links.issue("baca", person, holder="Pak Mahmud", by=None)

    assert links.follow("baca", old) is None
    links.revoke(links.follow("baca", new))
    assert links.follow("baca", new) is None
    late = links.issue("baca", person, holder="Pak Mahmud", by=None, lifetime=timezone.timedelta(0))
    assert links.follow("baca", late) is None


def test_a_notice_is_mailed_once_while_it_is_open(user_in, mailoutbox, django_capture_on_commit_callbacks):
    user = user_in(Role.COMMUNICATIONS)

    with django_capture_on_commit_callbacks(execute=True):
        notices.tell(Role.COMMUNICATIONS, "Rekaman gagal", key="rendition-1")
        notices.tell(Role.COMMUNICATIONS, "Rekaman gagal lagi", key="rendition-1")

    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert [notice.text for notice in Notice.objects.open_for(user)] == ["Rekaman gagal lagi"]
    notices.finish("rendition-1", by=user)
    assert not Notice.objects.open_for(user).exists()


def test_a_notice_of_several_lines_is_mailed_under_a_subject_of_one(
    user_in, mailoutbox, django_capture_on_commit_callbacks
):
    user_in(Role.COMMUNICATIONS)

    with django_capture_on_commit_callbacks(execute=True):
        notices.tell(Role.COMMUNICATIONS, "Bu Aisyah minta perbaikan:\nbaris 3\r\nbaris 4", key="senjang-1")

    assert [mail.subject for mail in mailoutbox] == ["[Bersenjang] Bu Aisyah minta perbaikan: baris 3 baris 4"]


def test_mail_that_cannot_leave_stops_nobody(user_in, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "tidak.ada.EmailBackend"
    user = user_in(Role.COMMUNICATIONS)

    with django_capture_on_commit_callbacks(execute=True):
        notices.tell(Role.COMMUNICATIONS, "Rekaman gagal", key="rendition-1")

    assert [notice.text for notice in Notice.objects.open_for(user)] == ["Rekaman gagal"]


def test_the_log_keeps_no_key_of_a_secret_link(capsys, settings):
    config = logging.getLogger("uji")
    dictConfig(settings.LOGGING | {"root": {}, "loggers": {"uji": {"handlers": ["console"], "level": "INFO"}}})

    config.warning("Bad Request: %s", "/adat/t/8sLw_kUNCI-rahasia/")
    config.handlers.clear()

    assert "uji Bad Request: /adat/t/…/\n" in capsys.readouterr().err
