"""What happens when in a take: its sung and played segments, and when each line begins; every version stays."""

from typing import Any, Self, TypedDict

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.recordings import Master, Recording
from media_assets.segments import Kind, Segment


class Stretch(TypedDict):
    """A segment as it is kept: seconds of the take; `part` and `stanza` (from 1 within the part) where they are known.

    Music has neither, nor has a verse that nobody has looked at yet: "" and None.
    """

    start: float
    end: float
    kind: str
    part: str
    stanza: int | None


class VersionsQuerySet(AppendOnlyQuerySet):
    def newest_of(self, master: Master) -> Any:
        """The version in use, or None."""
        return self.filter(master=master).order_by("-version").first()

    def of_recording(self, recording: Recording) -> Self:
        """All versions of all its takes, newest take and version first."""
        return self.filter(master__recording=recording).select_related("master")


class TimelineQuerySet(VersionsQuerySet):
    def looked_at(self) -> Self:
        """Saved by a person; a suggestion is nobody's word yet."""
        return self.filter(suggested=False)


class LyricTimingQuerySet(VersionsQuerySet):
    def with_segments(self) -> Self:
        """Each with `segments` of the timeline in use for its take, None where nobody has looked at one."""
        timelines = Timeline.objects.looked_at().filter(master=OuterRef("master")).order_by("-version")
        return self.annotate(segments=Subquery(timelines.values("segments")[:1]))


class Version(AppendOnly):
    """One saving, on top of the version before; whoever was faster is never written over."""

    version = models.PositiveIntegerField(_("versi"))
    by_name = models.CharField(_("oleh"), max_length=160)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering = ["-master__version", "-version"]


class Timeline(Version):
    """The segments of a take, in order."""

    master = models.ForeignKey(Master, models.PROTECT, related_name="timelines", verbose_name=_("rekaman asli"))
    segments = models.JSONField(_("segmen"), default=list, help_text="[{start, end, kind, part, stanza}], seconds")
    suggested = models.BooleanField(_("usulan"), default=False, help_text="by the program; nobody has looked yet")

    objects = TimelineQuerySet.as_manager()

    class Meta(Version.Meta):
        abstract = False
        verbose_name = _("garis waktu")
        verbose_name_plural = _("garis waktu")
        constraints = [
            models.UniqueConstraint(fields=["master", "version"], name="one_timeline_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="timeline_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return _("Garis waktu %(master)s, versi %(version)d") % {"master": self.master, "version": self.version}


class LyricTiming(Version):
    """When the lines of a lyric begin in a take, by the lines' uids; `digest` tells which words were timed."""

    master = models.ForeignKey(Master, models.PROTECT, related_name="timings", verbose_name=_("rekaman asli"))
    digest = models.CharField(max_length=66, help_text="of the words that were timed")
    marks = models.JSONField(_("waktu baris"), default=dict, help_text="{line uid: seconds}")

    objects = LyricTimingQuerySet.as_manager()

    class Meta(Version.Meta):
        abstract = False
        verbose_name = _("waktu lirik")
        verbose_name_plural = _("waktu lirik")
        constraints = [
            models.UniqueConstraint(fields=["master", "version"], name="one_lyric_timing_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="lyric_timing_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return _("Waktu lirik %(master)s, versi %(version)d") % {"master": self.master, "version": self.version}


def as_segments(stretches: list[Stretch]) -> list[Segment]:
    """As the rules read them."""
    return [Segment(one["start"], one["end"], Kind(one["kind"])) for one in stretches]


generation.watch(Timeline, LyricTiming)
