"""What a senjang is tied to: the campaigns that chose it, its people, its licences and the facts that it quotes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from campaigns.models import CampaignPage, LicenceFact, LicencePage
from cms.office import generation
from performers.models import Person

SENJANG = "media_assets.SenjangPage"


class CampaignSenjang(Orderable):
    """A campaign chooses a senjang; the senjang needs no copy and no new approval for the next campaign."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="chosen_senjang")
    senjang = models.ForeignKey(SENJANG, models.PROTECT, related_name="choices", verbose_name=_("senjang"))

    panels = [PageChooserPanel("senjang", SENJANG)]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["campaign", "senjang"], name="senjang_once_per_campaign")]

    def __str__(self) -> str:
        return self.senjang.title


class SenjangCredit(Orderable):
    class Role(models.TextChoices):
        AUTHOR = "penulis", _("penulis lirik")
        ARRANGER = "penggubah", _("penggubah irama")
        SOURCE = "sumber", _("narasumber")

    senjang = ParentalKey(SENJANG, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("orang"))
    role = models.CharField(_("sebagai"), max_length=10, choices=Role, default=Role.AUTHOR)

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class SenjangLicence(Orderable):
    class Role(models.TextChoices):
        MAIN = "utama", _("utama")
        SUPPORTING = "pendukung", _("pendukung")

    senjang = ParentalKey(SENJANG, on_delete=models.CASCADE, related_name="licence_links")
    licence = models.ForeignKey(LicencePage, models.PROTECT, related_name="senjang_links", verbose_name=_("layanan"))
    role = models.CharField(_("peran"), max_length=10, choices=Role, default=Role.MAIN)

    panels = [PageChooserPanel("licence"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["senjang", "licence"], name="licence_once_per_senjang")]

    def __str__(self) -> str:
        return self.licence.title


class LyricQuote(Orderable):
    """Words of the lyric that quote a licence's fact; never rendered live, since the council approved these words."""

    senjang = ParentalKey(SENJANG, on_delete=models.CASCADE, related_name="quotes")
    words = models.CharField(_("kata dalam lirik"), max_length=120, help_text=_("Salin persis dari satu baris lirik."))
    fact = models.ForeignKey(LicenceFact, models.PROTECT, related_name="quotes", verbose_name=_("fakta layanan"))
    line_uid = models.CharField(max_length=8, editable=False)

    def __str__(self) -> str:
        return self.words


generation.watch(CampaignSenjang, SenjangCredit, SenjangLicence)
