"""Numbered papers: no gap, no second of a kind, kept byte for byte, and anybody can check them."""

import hashlib
import threading
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.office import papers, trail, typed
from cms.office.append_only import HistoryIsFixed, erasing
from cms.office.models import OfficeSettings, Paper, Signatory
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
TEMPLATE = """
#import "letter.typ": *
#let data = json("data.json")
#show: letter.with(data)
#opening(data, facts((("Judul", data.title),)))
#signatures(data.office.signatories)
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "plain.typ"
    path.write_text(TEMPLATE)
    return path


@pytest.fixture
def make(template, staff):
    """A paper about a new person, or about the one given."""

    def issue(subject=None, kind="PST", title="Senjang “Izin Mudah”", by=staff):
        data = {"title": title, "words": {"number": "Nomor"}, "digest_short": "ab12cd34"}
        return papers.issue(kind, subject or factories.PersonFactory(), data, template, by=by)

    return issue


def words(file):
    document = pypdfium2.PdfDocument(file)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return text


def test_numbers_run_by_kind_without_a_gap(make):
    made = [make(kind=kind) for kind in ("PST", "PST", "SDG", "PST")]

    assert [paper.number for paper in made] == [
        f"001/PST/DPMPTSP/{YEAR}",
        f"002/PST/DPMPTSP/{YEAR}",
        f"001/SDG/DPMPTSP/{YEAR}",
        f"003/PST/DPMPTSP/{YEAR}",
    ]


def test_a_new_year_starts_from_one(make):
    make()
    with transaction.atomic(), erasing():
        Paper.objects.update(year=YEAR - 1)

    assert make().running == 1


def test_the_office_chooses_how_a_number_is_written(make):
    office = OfficeSettings.load()
    office.number_format = "{kind}-{year}/{number} {x}"
    office.save()

    assert make().number == f"PST-{YEAR}/001 {{x}}"


@pytest.mark.parametrize("pattern", ["{number}/{year}", "{kind}/{year}", "{number}/{kind}", ""])
def test_a_pattern_that_would_number_two_papers_alike_is_refused(pattern):
    office = OfficeSettings.load()
    office.number_format = pattern

    with pytest.raises(ValidationError):
        office.full_clean()


def test_the_same_paper_is_opened_again_byte_for_byte(make, template):
    person = factories.PersonFactory()
    first = make(person)
    template.write_text(TEMPLATE + "\nLain.")

    again = make(person)

    assert (again.pk, papers.pdf(again), Paper.objects.count()) == (first.pk, papers.pdf(first), 1)
    assert hashlib.sha256(papers.pdf(again)).hexdigest() == first.file_digest
    assert trail.of(person).count() == 1


def test_a_paper_says_where_it_comes_from_and_can_be_read_aloud(make):
    office = OfficeSettings.load()
    office.address = "Jalan Kolonel Wahid Udin,\nSekayu"
    office.signatories = [Signatory(name="Rahmat Hidayat", position="Kepala Dinas")]
    office.save()

    paper = make()

    text = words(papers.pdf(paper))
    told = [office.name, "Jalan Kolonel Wahid Udin, Sekayu", paper.number, papers.spaced(paper.code), "Rahmat Hidayat"]
    told += [f"bersenjang.example/periksa/{paper.code}", "Kepala Dinas", "Senjang “Izin Mudah”", "1 / 1"]
    assert [line for line in told if line not in text] == []
    with pikepdf.open(BytesIO(papers.pdf(paper))) as document:
        assert (bool(document.Root.MarkInfo.Marked), str(document.Root.Lang)) == (True, "id")
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_its_symbol_leads_to_the_page_that_checks_it(make):
    paper = make()
    document = pypdfium2.PdfDocument(papers.pdf(paper))
    picture = document[0].render(scale=150 / 72).to_pil()
    document.close()

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [
        f"HTTPS://BERSENJANG.EXAMPLE/PERIKSA/{paper.code}"
    ]


def test_a_paper_stays(make):
    paper = make()

    for attempt in (paper.save, paper.delete, Paper.objects.all().delete, lambda: Paper.objects.update(number="x")):
        with pytest.raises(HistoryIsFixed):
            attempt()


def test_the_database_knows_no_number_twice_and_no_second_paper_of_a_kind(make):
    paper = make()
    for fields in ({"subject_id": "x"}, {"running": 2}, {"running": 0, "subject_id": "x"}):
        twin = Paper.objects.get(pk=paper.pk)
        twin.pk, twin.code, twin._state.adding = None, "ANOTHER1", True
        for name, value in fields.items():
            setattr(twin, name, value)

        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_papers_made_at_the_same_moment_take_their_numbers_one_after_the_other(make):
    twice = factories.PersonFactory()
    subjects = [twice, twice, *factories.PersonFactory.create_batch(3)]
    gate = threading.Barrier(len(subjects))

    def work(subject):
        try:
            gate.wait(5)
            make(subject)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[subject]) for subject in subjects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(Paper.objects.values_list("running", flat=True)) == [1, 2, 3, 4]
    assert [trail.of(subject).count() for subject in subjects] == [1] * 5


def test_anybody_can_check_a_paper(client, make):
    paper = make()

    answer = client.get(f"/periksa/{paper.code}")

    told = ["Surat ini asli dan masih berlaku.", paper.number, "Lembar persetujuan", "Senjang “Izin Mudah”"]
    told += [
        "ab12 cd34",
        papers.spaced(paper.code),
        papers.spaced(paper.file_digest, 8),
        papers.long_day(paper.made_at),
    ]
    assert (answer.status_code, [line for line in told if line not in answer.text]) == (200, [])
    assert 'name="robots" content="noindex"' in answer.text
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("way", ["/PERIKSA/{}", "/periksa/{}/", "/periksa/?kode={}", "/periksa?kode={}"])
def test_a_code_is_found_however_it_is_typed(client, make, way):
    paper = make()
    shown = f"{paper.code[:4]}-{paper.code[4:]}".lower().replace("0", "o").replace("1", "l")

    answer = client.get(way.format(shown), follow=True)

    assert (answer.status_code, paper.number in answer.text) == (200, True)


def test_a_code_that_leads_nowhere_is_answered_in_words(client):
    unknown = "0000000" + typed.check_character("0000000")
    leaflet = "00000" + typed.check_character("00000")

    answers = {sent: client.get("/periksa/" + sent) for sent in (unknown, "ABCDEFGH", leaflet, "%00", "a" * 300)}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert "tidak pernah kami keluarkan" in answers[unknown].text
    assert "Mungkin salah ketik" in answers["ABCDEFGH"].text
    assert f'href="/q/{leaflet}"' in answers[leaflet].text
    assert [answer.text.count('action="/periksa"') for answer in answers.values()] == [1] * 5
    assert client.get("/periksa/?kode=x").status_code == 404
    assert client.get("/periksa/").status_code == 200


def test_what_became_of_its_subject_is_told(make, client):
    person = factories.PersonFactory(consented=False)
    paper = make(person)
    person.delete()

    assert "tidak berlaku lagi" in client.get(f"/periksa/{paper.code}").text


def test_checking_asks_the_database_little(client, make, django_assert_max_num_queries):
    first = make()
    make()
    client.get(f"/periksa/{first.code}")

    with django_assert_max_num_queries(5):
        client.get(f"/periksa/{first.code}")
