"""Loads the demo's content, once and whole or not at all."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.demo import campaign, catalogue, consents, disc, office, people, protocol, traffic, words
from cms.office import trail
from cms.office.models import Trail

MARK = "muat contoh"


def refuse_outside_demo() -> None:
    if not getattr(settings, "DEMO", False):
        raise ValidationError(
            _("Isi contoh hanya untuk peragaan, dengan kata sandi yang diketahui semua orang. Jalankan: make demo")
        )


def is_loaded() -> bool:
    return Trail.objects.filter(verb=MARK).exists()


def load() -> bool:
    """True when it loaded, False when it had been loaded before. The worker then makes the recordings' files."""
    refuse_outside_demo()
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        if is_loaded():
            return False
        users = people.load()
        office.load()
        catalogue.load(by=users["komunikasi"])
        page = campaign.load(users)
        words.load(users)
        traffic.load(users, page)
        protocol.load(users)
        consents.load(users)
        disc.load(users, page)
        trail.record(MARK, page, _("Memuat isi contoh."))
    return True
