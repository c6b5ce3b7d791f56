"""Recordings: what was sung, its private masters, and the files that are made from them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Code
from cms.office import generation
from media_assets import recipes
from media_assets.models.senjang import SenjangPage
from media_assets.models.verdicts import Approval
from performers.models import Person


def private_storage() -> Storage:
    return storages["private"]


def public_storage() -> Storage:
    """Of the songs that the public may hear once their words stand approved; `serving.public` asks each time."""
    return storages["songs"]


class RecordingQuerySet(models.QuerySet["Recording"]):
    def listed(self) -> Self:
        """With all that a list shows of each: senjang, masters, the state of their files, active codes."""
        codes = Code.objects.active().filter(page=OuterRef("senjang")).order_by().values("page")
        masters = Master.objects.prefetch_related("renditions")
        return (
            self.select_related("senjang")
            .prefetch_related(Prefetch("masters", masters))
            .annotate(code_count=Coalesce(Subquery(codes.annotate(count=Count("pk")).values("count")), 0))
        )

    def playable(self) -> Self:
        """With a file that every browser plays."""
        playable = Rendition.objects.ready().filter(recipe=recipes.WEB)
        return self.filter(pk__in=playable.values("master__recording"))

    def audible(self) -> Self:
        """Playable takes whose words stand approved now, and that are not the council's alone; newest first."""
        return self.filter(digest__in=Approval.objects.values("digest")).exclude(guide__council_only=True).playable()

    def audible_for(self, page: SenjangPage) -> Self:
        return self.filter(senjang=page).audible()


class Recording(models.Model):
    """A take of a senjang. It keeps the words it sings, so that a new draft takes nothing off the air."""

    senjang = models.ForeignKey(SenjangPage, models.PROTECT, related_name="recordings", verbose_name=_("senjang"))
    label = models.CharField(_("nama rekaman"), max_length=120)
    recorded_on = models.DateField(_("tanggal rekam"), null=True, blank=True)
    digest = models.CharField(max_length=66, db_index=True, editable=False)
    words = models.JSONField(editable=False, help_text="{title, language, parts} as sung")
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rekaman")
        verbose_name_plural = _("rekaman")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def master(self) -> "Master | None":
        """The take in use: the newest one; older ones are kept."""
        return next(iter(self.masters.all()), None)

    @property
    def words_are_approved(self) -> bool:
        return Approval.objects.filter(pk=self.digest).exists()

    @property
    def page_has_moved_on(self) -> bool:
        """The senjang's newest text is not (any more) what is sung here."""
        return self.senjang.get_latest_revision_as_object().digest != self.digest

    def files(self) -> "dict[str, Rendition]":
        """The ready files by recipe, of the newest master that can be played on the web; one query.

        While a new master is still being worked on (or has failed), the one before it goes on playing.
        """
        return files_of([self])[self.pk]


def files_of(recordings: "Iterable[Recording]") -> "dict[int, dict[str, Rendition]]":
    """`Recording.files()` of many at once, by primary key; still one query."""
    asked = {recording.pk: recording for recording in recordings}
    versions: dict[int, dict[int, dict[str, Rendition]]] = {pk: {} for pk in asked}
    for rendition in Rendition.objects.ready().filter(master__recording__in=asked).select_related("master"):
        master = rendition.master
        master.recording = asked[master.recording_id]
        versions[master.recording_id].setdefault(master.version, {})[rendition.recipe] = rendition
    found = {}
    for pk, by_version in versions.items():
        playable = [version for version, files in by_version.items() if recipes.WEB in files]
        found[pk] = by_version[max(playable)] if playable else {}
    return found


class RecordingCredit(models.Model):
    class Role(models.TextChoices):
        SINGER = "pesenjang", _("pesenjang")
        MUSICIAN = "pemusik", _("pemusik")
        ENGINEER = "perekam", _("perekam")

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("orang"))
    role = models.CharField(_("sebagai"), max_length=10, choices=Role, default=Role.SINGER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "person", "role"], name="credit_once")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Master(models.Model):
    """One uploaded file, private, never changed; a better take is the next version."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="masters")
    version = models.PositiveIntegerField(_("versi"))
    file = models.FileField(_("berkas"), upload_to="masters", storage=private_storage, max_length=200)
    original_name = models.CharField(_("nama asal"), max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("ukuran"))
    duration = models.FloatField(_("durasi (detik)"))
    codec = models.CharField(max_length=40)
    sample_rate = models.PositiveIntegerField()
    channels = models.PositiveSmallIntegerField()
    peaks = models.JSONField(default=list, help_text="Waveform, 0–100 per column; filled by the first rendition job.")
    checkup = models.JSONField(null=True, editable=False, help_text="Facts of `checkup`, from the first rendition job.")
    kept_because = models.CharField(_("dipakai juga karena"), max_length=300, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("diunggah"), default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "version"], name="one_master_per_version"),
            models.UniqueConstraint(fields=["sha256"], name="one_master_per_file"),
        ]

    def __str__(self) -> str:
        return f"{self.recording} v{self.version}"

    @property
    def state(self) -> "Rendition.State":
        """Of its files together: one failure is a failure, one in work is work."""
        states = {rendition.state for rendition in self.renditions.all()}
        order = (Rendition.State.FAILED, Rendition.State.WORKING, Rendition.State.QUEUED, Rendition.State.READY)
        return next((state for state in order if state in states), Rendition.State.QUEUED)

    @property
    def in_work(self) -> bool:
        busy = {Rendition.State.QUEUED, Rendition.State.WORKING}
        return any(rendition.state in busy for rendition in self.renditions.all())


HEARTBEAT = {"progress", "touched_at"}


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def ready(self) -> Self:
        """With a finished file; one that is being made anew goes on being used until the new one takes its place."""
        return self.exclude(file="")

    def outdated(self) -> Self:
        """Finished by an older version of their recipe, of the takes in use."""
        older = Q()
        for recipe in recipes.ALL:
            older |= Q(recipe=recipe.name, recipe_version__lt=recipe.version)
        newest = Master.objects.filter(recording=OuterRef("master__recording")).order_by("-version").values("pk")
        return self.filter(older, state=Rendition.State.READY, master=Subquery(newest[:1]))

    def unfinished(self) -> Self:
        return self.filter(state__in=[Rendition.State.QUEUED, Rendition.State.WORKING])

    def stuck(self, *, lost: datetime, dead: datetime) -> Self:
        """Queued with no sign of life since `lost`, or in work with none since `dead`."""
        queued = Q(state=Rendition.State.QUEUED, touched_at__lt=lost)
        return self.filter(queued | Q(state=Rendition.State.WORKING, touched_at__lt=dead))

    def update(self, **values: Any) -> int:
        """A heartbeat changes nothing that visitors see; anything else may."""
        changed = super().update(**values)
        if changed and not set(values) <= HEARTBEAT:
            generation.bump()
        return changed


class Rendition(models.Model):
    """One file made from a master by a recipe; its address changes when its content does."""

    class State(models.TextChoices):
        QUEUED = "antre", _("menunggu giliran")
        WORKING = "proses", _("sedang dibuat")
        READY = "siap", _("siap")
        FAILED = "gagal", _("gagal")

    master = models.ForeignKey(Master, models.CASCADE, related_name="renditions")
    recipe = models.CharField(_("resep"), max_length=20)
    recipe_version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("keadaan"), max_length=6, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(_("kemajuan (%)"), default=0)
    error = models.TextField(_("sebab kegagalan"), blank=True)
    file = models.FileField(_("berkas"), upload_to="suara", storage=public_storage, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("ukuran"), default=0)
    duration = models.FloatField(_("durasi (detik)"), default=0)
    lufs = models.FloatField(null=True)
    true_peak = models.FloatField(null=True)
    touched_at = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, blank=True, help_text="Token of the job that works on it.")
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["master", "recipe"], name="one_rendition_per_recipe"),
            models.CheckConstraint(
                condition=~Q(state="siap") | (~Q(file="") & Q(size__gt=0)), name="ready_rendition_has_a_file"
            ),
            models.CheckConstraint(condition=~Q(state="gagal") | ~Q(error=""), name="failed_rendition_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.master}: {self.recipe}"

    @property
    def address(self) -> str:
        """Where browsers ask for it; the storage's own address is only given after that."""
        return reverse("media", args=[self.file.name])


generation.watch(Recording, RecordingCredit, Master, Rendition)
