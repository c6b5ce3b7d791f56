"""The word list: what a term of a lyric means, proposed by the council, published by staff."""

from functools import partial
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from media_assets import glossing, lyrics
from media_assets.models.members import CouncilMember
from media_assets.models.senjang import SenjangPage

FOLDER = "kata"


def storage() -> Storage:
    return storages["default"]


class WordQuerySet(models.QuerySet["Word"]):
    def published(self) -> Self:
        return self.filter(state=Word.State.PUBLISHED)

    def proposed(self) -> Self:
        return self.filter(state=Word.State.PROPOSED)

    def holding(self, words: str) -> Self:
        """In whose term or meaning every one of these words stands."""
        found = self
        for word in glossing.key(words).split():
            found = found.filter(Q(key__contains=word) | Q(meaning__icontains=word))
        return found


class Word(models.Model):
    """One term of one language with its meaning; what visitors see is the published one, of which there is one each."""

    class State(models.TextChoices):
        PROPOSED = "usul", _("usulan")
        PUBLISHED = "terbit", _("terbit")
        DECLINED = "ditolak", _("tidak dipakai")

    term = models.CharField(_("kata"), max_length=60, help_text=_("Seperti tertulis dalam lirik; boleh beberapa kata."))
    key = models.CharField(max_length=200, editable=False, db_index=True)
    language = models.CharField(
        _("bahasa"), max_length=3, choices=SenjangPage.Language, default=SenjangPage.Language.MUSI
    )
    meaning = models.CharField(_("arti dalam bahasa Indonesia"), max_length=200)
    example = models.CharField(_("contoh pemakaian"), max_length=160, blank=True)
    audio = models.FileField(_("suara"), upload_to=FOLDER, storage=storage, max_length=120, blank=True, editable=False)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.PROPOSED)
    member = models.ForeignKey(
        CouncilMember, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("diusulkan oleh")
    )
    submission = models.ForeignKey(
        "media_assets.Submission", models.SET_NULL, null=True, editable=False, related_name="words"
    )
    line = models.CharField(_("baris asalnya"), max_length=300, blank=True, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("oleh")
    )
    set_at = models.DateTimeField(_("diubah"), default=timezone.now, editable=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = _("kata")
        verbose_name_plural = _("kosakata")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(meaning=""), name="word_has_term_and_meaning"),
            models.UniqueConstraint(
                fields=["language", "key"], condition=Q(state="terbit"), name="one_published_meaning_each"
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = glossing.key(self.term)
        super().save(*args, **kwargs)

    @property
    def language_tag(self) -> str:
        return lyrics.language_tag(self.language)

    @property
    def address(self) -> str:
        """Of the sound, "" without one; the public gets it while the word is published."""
        return reverse("media", args=[self.audio.name]) if self.audio else ""


@receiver(post_delete, sender=Word)
def _remove_sound(instance: Word, **_signal: Any) -> None:
    if name := instance.audio.name:
        transaction.on_commit(partial(storage().delete, name))


generation.watch(Word)
