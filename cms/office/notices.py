"""Notices: what a role should know or do, on the dashboard and by e-mail, with a text ready for WhatsApp."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mass_mail
from django.db import transaction
from django.utils import timezone

from cms.office.models import Notice


@transaction.atomic
def tell(role: str, text: str, *, key: str, url: str = "", level: str = Notice.Level.INFO) -> Notice:
    """Tell everyone in a role once: while a notice with this key is open, its text is renewed and nobody is mailed."""
    notice, created = Notice.objects.update_or_create(
        role=role, key=key, done_at=None, defaults={"text": text, "url": url, "level": level}
    )
    if created:

        def mail() -> None:  # Django names a robust callback that fails, and a partial has no name
            _mail(notice.pk)

        transaction.on_commit(mail, robust=True)
    return notice


def finish(key: str, *, by: Any = None) -> None:
    """Close every open notice with this key: the thing has been done."""
    Notice.objects.filter(key=key, done_at=None).update(done_at=timezone.now(), done_by=by)


def whatsapp_url(text: str, digits: str = "") -> str:
    """A wa.me link that opens WhatsApp with this text; without a number the sender chooses whom."""
    return f"https://wa.me/{digits}?text={quote(text)}"


def _mail(pk: int) -> None:
    notice = Notice.objects.get(pk=pk)
    people = get_user_model().objects.filter(groups__name=notice.role, is_active=True).exclude(email="")
    body = f"{notice.text}\n\n{settings.PUBLIC_BASE_URL}{notice.url}" if notice.url else notice.text
    subject = " ".join(notice.text.split())[:70]  # a header is one line
    messages = [(f"[Bersenjang] {subject}", body, None, [person.email]) for person in people]
    send_mass_mail(messages, fail_silently=True)
