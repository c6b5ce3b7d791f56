"""Who may do what with a senjang's review and its recordings. Use cases ask; views only hide buttons."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from media_assets import recipes
from media_assets.models import CouncilMember, LabelSetting, Recusal, SenjangPage, Submission
from media_assets.models.submissions import OWN_ROLES
from performers.models import Person


def can_submit(user: Any, page: SenjangPage) -> bool:
    return bool(user) and user.has_perm("media_assets.submit_senjang")


def can_set_hint_aside(user: Any, page: SenjangPage) -> bool:
    return bool(user) and user.has_perm("media_assets.add_formhintdismissal")


def can_recall(user: Any, submission: Submission) -> bool:
    return bool(user) and user.has_perm("media_assets.submit_senjang")


def can_decide(user: Any, submission: Submission) -> bool:
    """By log-in: the account of a serving member who has no part in this text. A superuser without a seat may not."""
    if not user or not user.has_perm("media_assets.decide_senjang"):
        return False
    seat = CouncilMember.objects.seat_of(user)
    return seat is not None and _may_vote(seat, submission)


def can_decide_by_link(member: CouncilMember, submission: Submission) -> bool:
    """By secret link: any serving member who has no part in this text; whoever calls has checked the link."""
    return member.is_serving(timezone.localdate()) and _may_vote(member, submission)


def _may_vote(member: CouncilMember, submission: Submission) -> bool:
    return not has_part_in(member, submission) and not Recusal.objects.on(submission).filter(member=member).exists()


def ask_member(submission: Submission, member: CouncilMember, by: Any, through: str) -> None:
    """Raises unless this member may act on this text, by an account of their own or by their link."""
    if by is None:
        allowed = bool(through) and can_decide_by_link(member, submission)
    else:
        allowed = member.person.user_id == by.pk and can_decide(by, submission)
    if not allowed:
        raise PermissionDenied(_("Senjang ini tidak dapat Anda putuskan."))


def can_check_facts(user: Any, submission: Submission) -> bool:
    """An officer who looks after licence facts and had no hand in this text; it must quote facts."""
    if not user or not user.has_perm("media_assets.check_facts") or not submission.about.get("quotes"):
        return False
    return not had_a_hand(user, submission)


def can_answer_notes(user: Any) -> bool:
    """Whoever hands texts in also answers what members note on them."""
    return bool(user) and user.has_perms(["media_assets.submit_senjang", "media_assets.view_submission"])


def can_propose_word(member: CouncilMember, *, by: Any, through: str) -> bool:
    """A serving member, by an account of their own or by their link; their own text may need explaining too."""
    if not member.is_serving(timezone.localdate()):
        return False
    if by is None:
        return bool(through)
    return member.person.user_id == by.pk and by.has_perm("media_assets.decide_senjang")


def can_keep_words(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.change_word")


def can_withdraw(user: Any) -> bool:
    """Staff who look after approvals, and every serving member by log-in."""
    if not user or not user.is_active:
        return False
    return user.has_perm("media_assets.withdraw_approval") or _seat_to_decide(user) is not None


def can_enter_paper(user: Any) -> bool:
    """Make a review's numbered papers, and say what was ticked on a sitting's sheet."""
    return bool(user) and user.has_perms(["media_assets.add_sheetreading", "media_assets.view_submission"])


def can_read_submission(user: Any, submission: Submission) -> bool:
    if not user or not user.is_active:
        return False
    if user.has_perm("media_assets.view_submission") or CouncilMember.objects.seat_of(user):
        return True
    former = CouncilMember.objects.former_seat_of(user)
    return former is not None and Submission.objects.answered_by(former).filter(pk=submission.pk).exists()


def can_issue_links(user: Any) -> bool:
    return bool(user) and user.has_perms(["media_assets.submit_senjang", "media_assets.view_submission"])


def can_read_labels(user: Any) -> bool:
    """Staff who read reviews, and every serving member."""
    if not user or not user.is_active:
        return False
    return user.has_perm("media_assets.view_submission") or _seat_to_decide(user) is not None


def can_put_on_label(user: Any, last: LabelSetting | None) -> bool:
    """Any serving member by log-in; where the label stands already, whoever may take it off."""
    return _seat_to_decide(user) is not None and (last is None or not last.is_set or can_take_off_label(user, last))


def can_take_off_label(user: Any, setting: LabelSetting) -> bool:
    """The member who set it, or the chair, but not a chair who wrote the song."""
    seat = _seat_to_decide(user)
    if seat is None or seat.pk == setting.member_id:
        return seat is not None
    return seat.is_chair and not wrote(seat, setting.senjang)


def can_replace_label(user: Any, opposite: LabelSetting | None) -> bool:
    """By its opposite: who restricts replaces whatever stands, who loosens only what they may take off."""
    return opposite is None or not opposite.mark.label.bars or can_take_off_label(user, opposite)


def can_cover(user: Any) -> bool:
    """The same as may take an approval back: staff who look after approvals, and every serving member."""
    return can_withdraw(user)


def can_answer_takedown(user: Any, senjang: SenjangPage) -> bool:
    """Any serving member who had no hand in the song."""
    seat = _seat_to_decide(user)
    return seat is not None and not wrote(seat, senjang)


def _seat_to_decide(user: Any) -> CouncilMember | None:
    if not user or not user.is_active or not user.has_perm("media_assets.decide_senjang"):
        return None
    return CouncilMember.objects.seat_of(user)


def wrote(member: CouncilMember, page: SenjangPage) -> bool:
    return took_part(member.person, *_hands_in_page(page))


def has_part_in(member: CouncilMember, submission: Submission) -> bool:
    """Wrote, arranged, owns, saved or submitted it."""
    return took_part(member.person, *hands_in(submission))


def had_a_hand(user: Any, submission: Submission) -> bool:
    """The same of an account: its own work, or that of the person it belongs to."""
    people, accounts = hands_in(submission)
    return user.pk in accounts or Person.objects.filter(pk__in=people, user=user).exists()


def took_part(person: Person, people: set[int], accounts: set[int | None]) -> bool:
    return person.pk in people or (person.user_id is not None and person.user_id in accounts)


def hands_in(submission: Submission) -> tuple[set[int], set[int | None]]:
    """People and accounts that made this text, as `SubmissionQuerySet.not_by` asks it of one person for many texts."""
    people = {person for role, person in submission.about.get("credits", []) if role in OWN_ROLES}
    accounts = {submission.submitted_by_id}
    if page := submission.page:
        theirs = _hands_in_page(page)
        people, accounts = people | theirs[0], accounts | theirs[1]
    return people, accounts


def _hands_in_page(page: SenjangPage) -> tuple[set[int], set[int | None]]:
    people = set(page.credits.filter(role__in=OWN_ROLES).values_list("person", flat=True))
    return people, {page.owner_id, *page.revisions.values_list("user", flat=True).distinct().order_by()}


def can_print_leaflet(user: Any) -> bool:
    """Whoever sees the codes may print what carries them; nothing is changed by it."""
    return bool(user) and user.has_perm("campaigns.view_code")


def can_see_recordings(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.view_recording")


def can_fetch_rendition(user: Any, recipe: str, *, is_free: bool) -> bool:
    """Everybody hears on the web what is free, that is approved and barred by no label; the radio fetches its own files
    of it, staff whatever there is."""
    if is_free and (recipe in recipes.ON_THE_WEB or user.has_perm("radio_schedule.download_broadcast")):
        return True
    return can_see_recordings(user)


def can_add_recording(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.add_recording")


def can_change_recording(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.change_recording")


def can_hear_master(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.view_master")


def can_see_discs(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.view_disc")


def can_change_disc(user: Any) -> bool:
    return bool(user) and user.has_perms(["media_assets.add_disc", "media_assets.change_disc"])


def can_press_disc(user: Any) -> bool:
    return bool(user) and user.has_perm("media_assets.add_discedition")


def can_fetch_edition(user: Any) -> bool:
    """The ZIP with the master; what is on it may be read by whoever sees discs."""
    return bool(user) and user.has_perm("media_assets.view_discedition")
