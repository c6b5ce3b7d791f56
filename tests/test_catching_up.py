"""After a long stop the worker runs what it missed once, not once a minute of the stop."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import Schedule
from django_q.scheduler import scheduler

from cms import publishing, schedules
from cms.models import Heartbeat

pytestmark = pytest.mark.django_db


class Queue:
    """A broker that only keeps what it is given."""

    list_key = "uji"

    def __init__(self):
        self.jobs = []

    def enqueue(self, job):
        self.jobs.append(job)
        return len(self.jobs)


@pytest.fixture
def stopped_for_a_week(monkeypatch):
    monkeypatch.setattr(Conf, "SYNC", False)
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)  # the test's own stays open
    schedules.sync()
    now = timezone.now()
    Schedule.objects.update(next_run=now - timedelta(days=7))
    Heartbeat.objects.beat(publishing.PULSE, now - timedelta(days=7))
    return now


def test_the_setting_is_the_one_that_the_worker_reads():
    assert (settings.Q_CLUSTER["catch_up"], Conf.CATCH_UP) == (False, False)


def test_a_week_of_missed_minutes_is_one_run_each(stopped_for_a_week):
    queue = Queue()

    for _look in range(5):
        scheduler(broker=queue)

    assert len(queue.jobs) == len(schedules.TABLE)
    assert not Schedule.objects.filter(next_run__lte=stopped_for_a_week).exists()


def test_staff_still_learn_that_nothing_ran_until_the_one_run_is_done(stopped_for_a_week):
    week_ago = stopped_for_a_week - timedelta(days=7)
    scheduler(broker=Queue())

    before = publishing.asleep_since(timezone.now())
    publishing.publish_due()
    after = publishing.asleep_since(timezone.now())

    assert (before, after) == (week_ago, None)
