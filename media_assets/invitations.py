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
    _revoke_links(invitation)
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


def carry(old: Submission, new: Submission) -> None:
    """Whoever was invited to the old version is invited to the new one, which their link then leads on to."""
    for invitation in old.invitations.all():
        Invitation.objects.create(submission=new, member=invitation.member, carried_from=invitation)


class Opened(NamedTuple):
    invitation: Invitation
    through: str  # for the trail: whose vote, and who made the link it came by


def opened_by(key: str, *, by_person: bool) -> Opened | None:
    link = links.follow(PURPOSE, key, by_person=by_person)
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
    _revoke_links(invitation)
    trail.record(
        "cabut tautan",
        invitation.submission.subject,
        _("Tautan membaca untuk %(member)s dicabut.") % {"member": invitation.member},
        by=by,
    )


def leading_to(rows: list[Invitation]) -> dict[int, SecretLink]:
    """By invitation, the newest link that opens or once opened it, made for it or for a version that leads on to it."""
    known = _known([row.member_id for row in rows])
    lines = {row.pk: [one.pk for one in _line(row, known)] for row in rows}
    keys = [str(key) for line in lines.values() for key in line]
    ever = SecretLink.objects.filter(subject_type=Invitation._meta.label_lower, subject_id__in=keys)
    ordered = ever.select_related("created_by").order_by("created_at", "pk")
    newest = {int(link.subject_id): link for link in ordered}
    found = {pk: next((newest[key] for key in line if key in newest), None) for pk, line in lines.items()}
    return {pk: link for pk, link in found.items() if link}


def _known(members: list[int]) -> dict[int, Invitation]:
    return {one.pk: one for one in Invitation.objects.filter(member__in=members)}


def _line(invitation: Invitation, known: dict[int, Invitation]) -> list[Invitation]:
    """It, and those to earlier versions that it was carried from, the newest first."""
    line = [invitation]
    while before := known.get(line[-1].carried_from_id or 0):
        line.append(before)
    return line


def _revoke_links(invitation: Invitation) -> None:
    """Also those made for an earlier version, which lead on to this one."""
    for one in _line(invitation, _known([invitation.member_id])):
        for link in SecretLink.objects.about(one).open_at(now()):
            links.revoke(link)


def led_on(opened: Invitation, pk: int) -> Invitation | None:
    """The same member's invitation to a later version, made of the opened one by accepting suggestions; or None."""
    mine = Invitation.objects.select_related("submission__page", "submission__submitted_by", "submission__task_state")
    later = {one.carried_from_id: one for one in mine.filter(member=opened.member, carried_from__isnull=False)}
    at: Invitation | None = opened
    while at and at.submission_id != pk:
        at = later.get(at.pk)
    return at
