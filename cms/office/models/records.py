"""What happened and who is told: roles, the trail, secret links, notices."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office.append_only import AppendOnly, AppendOnlyQuerySet


class Role(models.TextChoices):
    """Who works with Bersenjang; the value is the name of the group. What each may do: `cms/roles.py`."""

    ADMINISTRATOR = "Administrator", _("Administrator")
    COMMUNICATIONS = "Staf komunikasi", _("Staf komunikasi")
    COUNCIL = "Lembaga Adat", _("Lembaga Adat")
    RADIO = "Radio", _("Radio")
    FRONT_DESK = "Petugas loket", _("Petugas loket")
    HEAD = "Pimpinan", _("Pimpinan")


class Generation(models.Model):
    """One row, one number: it rises with every change of what visitors see (see `generation.py`)."""

    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class ActorKind(models.TextChoices):
    USER = "user", _("pengguna")
    LINK = "link", _("tautan rahasia")
    PAPER = "paper", _("lembar kertas")
    SYSTEM = "system", _("sistem")


class Trail(AppendOnly):
    """Who did what to which thing, in words that still read when thing and person are gone."""

    at = models.DateTimeField(_("waktu"), default=timezone.now, db_index=True)
    actor_kind = models.CharField(_("jenis pelaku"), max_length=10, choices=ActorKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("pelaku"),
    )
    actor_name = models.CharField(_("nama pelaku"), max_length=160)
    verb = models.CharField(_("perbuatan"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    text = models.TextField(_("uraian"))
    data = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("jejak")
        verbose_name_plural = _("jejak")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return self.text


class SecretLinkQuerySet(models.QuerySet["SecretLink"]):
    def open_at(self, moment: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=moment)

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class SecretLink(models.Model):
    """The door that needs no account; only the hash of its key is kept (see `links.py`)."""

    purpose = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    holder = models.CharField(_("pemegang"), max_length=160)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(_("terakhir dipakai"), null=True)

    objects = SecretLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.holder}"

    def is_open_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > moment


class NoticeQuerySet(models.QuerySet["Notice"]):
    def open_for(self, user: Any) -> Self:
        """Unfinished notices for the groups this user is in; an administrator sees all."""
        unfinished = self.filter(done_at=None)
        return unfinished if user.is_superuser else unfinished.filter(role__in=user.groups.values("name"))


class Notice(models.Model):
    """Something a role should know or do, until somebody marks it done (see `notices.py`)."""

    class Level(models.TextChoices):
        INFO = "info", _("kabar")
        WARNING = "warning", _("perlu perhatian")

    role = models.CharField(_("untuk"), max_length=40, choices=Role)
    level = models.CharField(_("tingkat"), max_length=10, choices=Level, default=Level.INFO)
    text = models.TextField(_("isi"))
    url = models.CharField(_("alamat"), max_length=300, blank=True)
    key = models.CharField(max_length=120, help_text=_("Satu kabar terbuka per kunci dan peran."))
    created_at = models.DateTimeField(_("waktu"), default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kabar")
        verbose_name_plural = _("kabar")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], condition=Q(done_at=None), name="one_open_notice_per_key")
        ]

    def __str__(self) -> str:
        return self.text
