"""The one table of what runs by itself: name, function, every so many minutes. Made after every migration."""

from typing import NamedTuple

from django_q.models import Schedule


class Job(NamedTuple):
    name: str
    func: str
    minutes: int


DAY = 24 * 60
TABLE = (
    Job("publish_due", "cms.publishing.publish_due", 1),
    Job("resume_renditions", "media_assets.tasks.resume_renditions", 1),
    Job("renew_renditions", "media_assets.tasks.renew_renditions", 5),
    Job("resume_pressings", "media_assets.tasks.resume_pressings", 1),
    Job("sweep_files", "media_assets.tasks.sweep_files", DAY),
    Job("forget_contacts", "media_assets.takedowns.forget_contacts", DAY),
    Job("remind_consents", "performers.reminding.look", DAY),
    Job("watch_lyrics", "media_assets.watch.look", DAY),
)


def sync() -> None:
    """Add what is missing and correct what differs; when a job runs next stays as it is."""
    for job in TABLE:
        Schedule.objects.update_or_create(
            name=job.name,
            defaults={"func": job.func, "schedule_type": Schedule.MINUTES, "minutes": job.minutes, "repeats": -1},
        )
