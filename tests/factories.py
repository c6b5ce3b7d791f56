"""Factories, with traits named after states."""

from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone

from campaigns.models import CampaignIndexPage, CampaignPage, Code, FactKey, LicenceFact, LicenceIndexPage, LicencePage
from cms.office import scans
from media_assets import lyrics, proceedings
from media_assets.models import (
    Approval,
    ConsentWork,
    CouncilMember,
    Master,
    Recording,
    Rendition,
    Ruling,
    SenjangIndexPage,
    SenjangPage,
    Submission,
)
from performers.models import Consent, ConsentWithdrawal, Person


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("pengguna{}".format)
    email = factory.LazyAttribute("{0.username}@contoh.example".format)
    password = factory.django.Password("bersenjang")


class PageFactory(factory.django.DjangoModelFactory):
    """Pages hang under their index page, which the site's tree always has."""

    class Meta:
        abstract = True

    _parent = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        page = model_class(**kwargs)
        cls._parent.objects.get().add_child(instance=page)
        return page


class LicencePageFactory(PageFactory):
    class Meta:
        model = LicencePage

    _parent = LicenceIndexPage
    title = factory.Sequence("Izin Contoh {}".format)
    slug = factory.Sequence("izin-contoh-{}".format)
    code = factory.Sequence("IZ-{:02d}".format)
    sector = "Perdagangan"


class LicenceFactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LicenceFact

    licence = factory.SubFactory(LicencePageFactory)
    key = FactKey.FEE
    value = "Gratis"
    valid_from = date(2026, 1, 1)
    source = "Perda contoh"


class CampaignPageFactory(PageFactory):
    class Meta:
        model = CampaignPage

    _parent = CampaignIndexPage
    title = factory.Sequence("Kampanye {}".format)
    slug = factory.Sequence("kampanye-{}".format)
    goal = "Warga mengenal izin usaha."
    starts = date(2026, 1, 1)
    ends = date(2027, 1, 1)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence("Orang {}".format)
    role = Person.Role.AUTHOR

    @factory.post_generation
    def consented(self, create, wanted, **kwargs):
        """Whoever is credited in a test has consented to everything, unless `consented=False`."""
        if create and wanted is not False:
            for capacity in Consent.Capacity:
                ConsentFactory(person=self, capacity=capacity)


def a_clerk():
    """Who recorded a consent where the test does not care."""
    return get_user_model().objects.get_or_create(username="pencatat", defaults={"is_active": False})[0]


class ConsentFactory(factory.django.DjangoModelFactory):
    """In force without end for every channel; traits `ended` (yesterday), `of_a_minor` and `withdrawn`."""

    class Meta:
        model = Consent
        skip_postgeneration_save = True

    class Params:
        ended = factory.Trait(until=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)))
        of_a_minor = factory.Trait(minor=True, guardian_name="Rohana", guardian_relation="ibu")

    person = factory.SubFactory(PersonFactory, consented=False)
    capacity = Consent.Capacity.PERFORMER
    for_radio = for_web = for_cd = for_print = True
    valid_from = date(2020, 1, 1)
    file = factory.Sequence("izin/{:032d}.pdf".format)
    kind = scans.Kind.PDF
    size = 4096
    sha256 = "0" * 64
    by = factory.LazyFunction(a_clerk)

    @factory.post_generation
    def withdrawn(self, create, wanted, **kwargs):
        if wanted:
            ConsentWithdrawal.objects.create(consent=self, reason="Diminta orangnya.", by=self.by)

    @classmethod
    def _create(cls, model_class, *args, only_for=(), **kwargs):
        consent = super()._create(model_class, *args, **(kwargs | {"is_limited": bool(only_for)}))
        for song in only_for:
            ConsentWork.objects.create(consent=consent, senjang=song)
        return consent


class CouncilMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CouncilMember

    person = factory.SubFactory(PersonFactory, role=Person.Role.COUNCIL, user=factory.SubFactory(UserFactory))
    since = date(2020, 1, 1)


def line(text: str, gloss: str = "", **fields) -> lyrics.Line:
    return (
        lyrics.Line(uid=lyrics.new_uid(), text=text, gloss=gloss or f"arti {text}", spoken="", formula=False) | fields
    )


def stanza(*texts: str) -> list[tuple[str, lyrics.Stanza]]:
    """One stanza as a StreamField takes it."""
    return [("bait", [line(text) for text in texts])]


def approve(page: SenjangPage) -> Approval:
    """The state "these words stand approved", without walking through the council."""
    submission = Submission.objects.create(
        page=page,
        title=page.title,
        language=page.language,
        text=page.parts,
        digest=page.digest,
        part_digests=page.part_digests,
    )
    ruling = proceedings.rule(submission, Ruling.Verdict.APPROVED)
    return Approval.objects.create(digest=page.digest, ruling=ruling)


class SenjangPageFactory(PageFactory):
    """A draft; `approved=True` gives its words the council's approval, `published=True` that and puts it live."""

    class Meta:
        model = SenjangPage

    _parent = SenjangIndexPage
    title = factory.Sequence("Senjang {}".format)
    slug = factory.Sequence("senjang-{}".format)
    pembuka = factory.LazyFunction(lambda: stanza("Assalamualaikum kami ucapke", "Numpang betanyo kami di sini"))
    isi = factory.LazyFunction(lambda: stanza("Ngurus izin idak lah saro", "Datang ke kantor disambut rami"))
    penutup = factory.LazyFunction(lambda: stanza("Kalu ado salah kate", "Mohon maaf kami pamit"))

    @classmethod
    def _create(cls, model_class, *args, approved=False, published=False, **kwargs):
        page = super()._create(model_class, *args, **(kwargs | {"live": False}))
        revision = page.save_revision()
        if approved or published:
            approve(page)
        if published:
            revision.publish()
            page.refresh_from_db()
        return page


class RecordingFactory(factory.django.DjangoModelFactory):
    """A take of the page's words, without a file; `heard=True` gives it a master and the files every outlet wants."""

    class Meta:
        model = Recording
        skip_postgeneration_save = True

    senjang = factory.SubFactory(SenjangPageFactory, published=True)
    label = factory.Sequence("Rekaman {}".format)
    digest = factory.LazyAttribute(lambda recording: recording.senjang.digest)
    words = factory.LazyAttribute(
        lambda recording: {
            "title": recording.senjang.title,
            "language": recording.senjang.language,
            "parts": recording.senjang.parts,
        }
    )

    @factory.post_generation
    def heard(self, create, wanted, **kwargs):
        if wanted:
            add_take(self)


def add_take(recording: Recording, *, ready=("web-mp3", "low-opus", "radio-wav", "cd-wav")) -> Master:
    """The next version of the master, with files that stand in the table only."""
    version = recording.masters.count() + 1
    name = f"{recording.pk}-v{version}"
    master = Master.objects.create(
        recording=recording,
        version=version,
        file=f"masters/{name}.wav",
        original_name="senjang.wav",
        sha256=f"{recording.pk:032d}{version:032d}",
        size=40_000_000,
        duration=161.2,
        codec="pcm_s16le",
        sample_rate=44_100,
        channels=2,
        peaks=[10, 80, 30, 60] * 50,
    )
    sizes = {"web-mp3": 1_930_000, "low-opus": 420_400, "radio-wav": 28_000_000, "cd-wav": 28_000_000}
    for recipe in ready:
        suffix = {"web-mp3": "mp3", "low-opus": "opus"}.get(recipe, "wav")
        Rendition.objects.create(
            master=master,
            recipe=recipe,
            state=Rendition.State.READY,
            file=f"suara/{name}-{recipe}.{suffix}",
            size=sizes[recipe],
            duration=161.2,
        )
    return master


class CodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Code

    code = factory.Sequence("T{:05d}".format)
    label = factory.Sequence("Meja loket {}".format)
    page = factory.SubFactory(SenjangPageFactory, published=True)
