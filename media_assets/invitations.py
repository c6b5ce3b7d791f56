"""Members without an account: a secret link for one member and one submission."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from cms.office import links, names, notices, trail
from cms.office.models import SecretLink
from media_assets import permissions
from media_assets.models import CouncilMember, Invitation, Submission

PURPOSE = "adat"


@transaction.atomic
def invite(submission: Submission, *, member: CouncilMember, by: Any) -> str:
    """Make the member's link and return its address, which is shown once; an older link of theirs stops working."""
    if not permissions.can_issue_links(by):
        raise PermissionDenied
    if not Submission.objects.waiting().filter(pk=submission.pk).exists():
        raise ValidationError(_("Pengajuan ini sudah selesai, jadi tidak perlu tautan lagi."))
    if not permissions.can_decide_by_link(member, submission):
        raise ValidationError(
            _("%(member)s tidak dapat memutuskan senjang ini: bukan anggota lagi, atau ikut menulisnya.")
            % {"member": member}
        )
    invitation, _made = Invitation.objects.get_or_create(submission=submission, member=member)
    key = links.issue(PURPOSE, invitation, holder=str(member), by=by)
    trail.record(
        "buat tautan",
        submission.subject,
        _("Tautan membaca “%(title)s” dibuat untuk %(member)s.") % {"title": submission.title, "member": member},
        by=by,
        submission=submission.pk,
    )
    return settings.PUBLIC_BASE_URL + reverse("adat_link", args=[key])


def whatsapp(submission: Submission, *, member: CouncilMember, address: str) -> str:
    """A WhatsApp link whose text asks the member to read; staff choose the recipient themselves."""
    until = date_format(localtime(now() + links.LIFETIME), "l, j F Y")
    return notices.whatsapp_url(
        _(
            "Yth. %(member)s, mohon dibaca senjang “%(title)s”: %(address)s\n"
            "Tautan ini hanya untuk Anda, berlaku sampai %(until)s."
        )
        % {"member": member, "title": submission.title, "address": address, "until": until}
    )


class Opened(NamedTuple):
    invitation: Invitation
    through: str  # for the trail: whose vote, and who made the link it came by


def opened_by(key: str) -> Opened | None:
    link = links.follow(PURPOSE, key)
    if link is None:
        return None
    found = Invitation.objects.select_related("submission__page", "member__person").filter(pk=link.subject_id).first()
    return Opened(found, _through(found, link)) if found else None


def _through(invitation: Invitation, link: SecretLink) -> str:
    if link.created_by is None:
        return str(invitation.member)
    maker = names.of_account(link.created_by)
    return _("%(member)s, lewat tautan yang dibuat %(maker)s") % {"member": invitation.member, "maker": maker}


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any) -> None:
    if not permissions.can_issue_links(by):
        raise PermissionDenied
    for link in SecretLink.objects.about(invitation).open_at(now()):
        links.revoke(link)
    trail.record(
        "cabut tautan",
        invitation.submission.subject,
        _("Tautan membaca untuk %(member)s dicabut.") % {"member": invitation.member},
        by=by,
    )
