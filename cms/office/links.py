"""Secret links: for people without an account; kept as a hash, they expire, can be revoked, and show when last used.

Opening one only reads; whatever it decides needs a POST, so that a link preview decides nothing; nor is it a use.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cms.office.models import SecretLink

LIFETIME = timedelta(days=30)
KEY_BYTES = 24
KEY = rf"[A-Za-z0-9_-]{{{KEY_BYTES * 4 // 3}}}"  # as base64 writes it


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def issue(purpose: str, subject: models.Model, *, holder: str, by: Any, lifetime: timedelta = LIFETIME) -> str:
    """Make a new link and return its key; the key is shown once and cannot be had again.

    An older link of the same holder for the same thing stops working.
    """
    now = timezone.now()
    SecretLink.objects.about(subject).open_at(now).filter(purpose=purpose, holder=holder).update(revoked_at=now)
    key = secrets.token_urlsafe(KEY_BYTES)
    SecretLink.objects.create(
        purpose=purpose,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        holder=holder,
        key_hash=_hash(key),
        created_by=by,
        expires_at=now + lifetime,
    )
    return key


def follow(purpose: str, key: str, *, by_person: bool = True) -> SecretLink | None:
    """The open link behind a key; None when unknown, expired or revoked (no telling which).

    Marked as used now, unless the caller knows that no person asks.
    """
    now = timezone.now()
    link = SecretLink.objects.open_at(now).filter(purpose=purpose, key_hash=_hash(key)).first()
    if link and by_person:
        SecretLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return link


def revoke(link: SecretLink) -> None:
    SecretLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
