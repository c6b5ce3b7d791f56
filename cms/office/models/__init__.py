"""What the office keeps once for every app: its settings, its trail, its notices, its secret links, its papers."""

from cms.office.models.office import (
    PHONE,
    OfficeHours,
    OfficeSettings,
    Signatory,
    Weekday,
    WhatsAppLine,
    number_pattern,
)
from cms.office.models.papers import Paper, PaperQuerySet
from cms.office.models.records import (
    ActorKind,
    Generation,
    Notice,
    NoticeQuerySet,
    Role,
    SecretLink,
    SecretLinkQuerySet,
    Trail,
)

__all__ = [
    "PHONE",
    "ActorKind",
    "Generation",
    "Notice",
    "NoticeQuerySet",
    "OfficeHours",
    "OfficeSettings",
    "Paper",
    "PaperQuerySet",
    "Role",
    "SecretLink",
    "SecretLinkQuerySet",
    "Signatory",
    "Trail",
    "Weekday",
    "WhatsAppLine",
    "number_pattern",
]
