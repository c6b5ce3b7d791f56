"""The nouns of campaigns: places, licences with their facts, campaigns, codes and what they bring."""

from campaigns.models.campaigns import CampaignIndexPage, CampaignPage
from campaigns.models.codes import Code, Listen, Scan
from campaigns.models.licences import FactKey, KbliCode, LicenceFact, LicenceIndexPage, LicencePage
from campaigns.models.places import Kecamatan, Village

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "Code",
    "FactKey",
    "KbliCode",
    "Kecamatan",
    "LicenceFact",
    "LicenceIndexPage",
    "LicencePage",
    "Listen",
    "Scan",
    "Village",
]
