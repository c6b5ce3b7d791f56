"""The nouns of media_assets: senjang, the council that reviews them, their recordings and files."""

from media_assets.models.consents import ConsentWork
from media_assets.models.discs import Disc, DiscEdition, DiscPressing, DiscTrack
from media_assets.models.guides import Guide
from media_assets.models.hints import FormHintDismissal
from media_assets.models.labels import LabelSetting, SensitiveCover
from media_assets.models.members import CouncilMember, CouncilRule
from media_assets.models.notes import LineNote, NoteClosing
from media_assets.models.readings import Reading
from media_assets.models.recordings import Master, Recording, RecordingCredit, Rendition
from media_assets.models.senjang import SenjangPage
from media_assets.models.senjang_links import CampaignSenjang, LyricQuote, SenjangCredit, SenjangLicence
from media_assets.models.sittings import RulingRecord, SheetReading, SignedSheet, Sitting
from media_assets.models.songbook import SenjangIndexPage
from media_assets.models.submissions import Invitation, Submission
from media_assets.models.takedowns import TakedownAnswer, TakedownContact, TakedownRequest
from media_assets.models.timelines import LyricTiming, Timeline
from media_assets.models.verdicts import Approval, Decision, Extension, Recusal, Ruling, Withdrawal
from media_assets.models.words import Word
from media_assets.models.workflow import CouncilTask, CouncilTaskState, CouncilWorkflow, CouncilWorkflowState

__all__ = [
    "Approval",
    "CampaignSenjang",
    "ConsentWork",
    "CouncilMember",
    "CouncilRule",
    "CouncilTask",
    "CouncilTaskState",
    "CouncilWorkflow",
    "CouncilWorkflowState",
    "Decision",
    "Disc",
    "DiscEdition",
    "DiscPressing",
    "DiscTrack",
    "Extension",
    "FormHintDismissal",
    "Guide",
    "Invitation",
    "LabelSetting",
    "LineNote",
    "LyricQuote",
    "LyricTiming",
    "Master",
    "NoteClosing",
    "Reading",
    "Recording",
    "RecordingCredit",
    "Recusal",
    "Rendition",
    "Ruling",
    "RulingRecord",
    "SenjangCredit",
    "SenjangIndexPage",
    "SenjangLicence",
    "SenjangPage",
    "SensitiveCover",
    "SheetReading",
    "SignedSheet",
    "Sitting",
    "Submission",
    "TakedownAnswer",
    "TakedownContact",
    "TakedownRequest",
    "Timeline",
    "Withdrawal",
    "Word",
]
