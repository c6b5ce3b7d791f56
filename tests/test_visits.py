"""Arrivals at a code: the page opens whatever was typed, and each arrival counts once, as what it was."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import agents, codes, visits
from campaigns.models import Code, Listen, Scan
from cms.office.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; M2006C3LG) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def phone(client):
    client.defaults["HTTP_USER_AGENT"] = PHONE
    return client


@pytest.fixture
def code(user_in):
    licence = factories.LicencePageFactory(title="Izin Praktik Bidan")
    factories.LicenceFactFactory(licence=licence, value="Gratis")
    page = factories.SenjangPageFactory(published=True, title="Ngurus Izin")
    return codes.place(page, label="Meja loket", licences=[licence], by=user_in(Role.COMMUNICATIONS))


def kinds():
    return list(Scan.objects.order_by("pk").values_list("kind", flat=True))


def test_a_code_opens_its_page_in_any_spelling_without_a_redirect(phone, code):
    tail = code.code.replace("0", "o").replace("1", "l")
    spellings = [f"/q/{code.code}", f"/Q/{code.code.lower()}", f"/q/{tail}", f"/Q/{code.code[:3]}-{code.code[3:]}/"]

    answers = [phone.get(spelling) for spelling in spellings]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert all("Ngurus Izin" in answer.text and "Izin Praktik Bidan" in answer.text for answer in answers)
    assert kinds() == ["pindai"] * 4
    assert len({scan.device for scan in Scan.objects.all()}) == 1


def test_the_token_is_random_lives_until_midnight_and_scripts_cannot_read_it(phone, code):
    answer = phone.get(code.path)
    cookie = answer.cookies[visits.COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert 0 < cookie["max-age"] <= 86_400
    assert len(cookie.value) == 22
    assert visits.COOKIE not in phone.get(code.path).cookies
    assert visits.until_midnight(timezone.make_aware(timezone.datetime(2026, 11, 21, 23, 59, 0))) == 60


def test_no_table_of_visits_can_hold_an_address():
    fields = {field.name for model in (Scan, Listen) for field in model._meta.get_fields()}

    assert fields == {"id", "code", "typed", "kind", "state", "device", "day", "at", "event"}


@pytest.mark.parametrize(
    ("headers", "query", "kind"),
    [
        ({}, "", "pindai"),
        ({}, "?dari=bagi", "bagi"),
        ({"User-Agent": ""}, "", "bot"),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, "", "bot"),
        ({"User-Agent": "WhatsApp/2.23.20"}, "?dari=bagi", "bot"),
        ({"User-Agent": "Mozilla/5.0 " + "A" * 5000}, "", "pindai"),
        ({"Sec-Purpose": "prefetch;prerender"}, "", "intip"),
        ({"Purpose": "prefetch"}, "", "intip"),
        ({"X-Moz": "prefetch"}, "", "intip"),
    ],
)
def test_each_arrival_counts_as_what_it_was(phone, code, headers, query, kind):
    answer = phone.get(code.path + query, headers=headers)

    scan = Scan.objects.get()
    assert (answer.status_code, scan.kind, scan.code) == (200, kind, code)
    assert bool(scan.device) == (visits.COOKIE in answer.cookies) == (kind in ("pindai", "bagi"))


def test_a_head_request_is_no_visitor(phone, code):
    assert (phone.head(code.path).status_code, kinds()) == (200, ["intip"])


def test_an_unchanged_page_costs_no_bytes_but_still_counts(phone, code):
    first = phone.get(code.path)

    again = phone.get(code.path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, kinds()) == (304, b"", ["pindai", "pindai"])
    assert first["Cache-Control"] == "private, no-cache"


def test_the_page_comes_compressed_to_those_who_take_it(phone, code):
    plain = phone.get(code.path)
    packed = phone.get(code.path, headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in plain.headers
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == plain.content


def test_a_warm_page_costs_one_select_and_one_insert(phone, code, django_assert_num_queries):
    phone.get(code.path)

    with django_assert_num_queries(2) as queries:
        phone.get(code.path)

    assert [query["sql"].split()[0] for query in queries.captured_queries] == ["SELECT", "INSERT"]


def test_what_changes_shows_at_the_next_scan(phone, code):
    staff = code.created_by
    assert "Biaya baru" not in phone.get(code.path).text

    factories.LicenceFactFactory(licence=code.licences.get(), value="Biaya baru")
    assert "Biaya baru" in phone.get(code.path).text

    other = factories.SenjangPageFactory(published=True, title="Lagu Baru")
    codes.retarget(code, page=other, licences=code.licences.all(), by=staff, reason="Kampanye baru")
    assert "Lagu Baru" in phone.get(code.path).text


def test_a_fact_entered_ahead_shows_on_its_day(phone, code, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.LicenceFactFactory(licence=code.licences.get(), value="Rp50.000", valid_from=tomorrow)
    assert "Rp50.000" not in phone.get(code.path).text

    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)

    assert "Rp50.000" in phone.get(code.path).text


def test_a_held_and_a_retired_code_still_say_what_the_licence_needs(phone, code):
    codes.hold(code, by=code.created_by, reason="Diduga ditempeli")
    held = phone.get(code.path)
    codes.retire(code, by=code.created_by, reason="Sobek")
    retired = phone.get(code.path)

    assert (held.status_code, retired.status_code) == (200, 410)
    assert "sedang diperiksa" in held.text
    assert "tidak dipakai" in retired.text
    assert all("Izin Praktik Bidan" in answer.text and "Gratis" in answer.text for answer in (held, retired))
    assert "Ngurus Izin" not in held.text + retired.text
    assert list(Scan.objects.order_by("pk").values_list("state", flat=True)) == ["ditahan", "pensiun"]


@pytest.mark.parametrize("published", [True, False])
def test_an_unpublished_song_hides_but_its_licences_stay(phone, code, published):
    page = code.page.specific
    if not published:
        page.unpublish()

    answer = phone.get(code.path)

    assert answer.status_code == 200
    assert ("Ngurus Izin" in answer.text) == published
    assert "Izin Praktik Bidan" in answer.text


@pytest.mark.parametrize("factory", [factories.LicencePageFactory, factories.CampaignPageFactory])
def test_a_code_may_lead_to_a_licence_or_a_campaign(phone, code, factory):
    page = factory(title="Halaman lain")
    codes.retarget(code, page=page, licences=code.licences.all(), by=code.created_by, reason="Pindah")

    answer = phone.get(code.path)

    assert (answer.status_code, "Halaman lain" in answer.text, page.get_url() in answer.text) == (200, True, True)


def test_an_unknown_code_gets_a_helpful_page_and_is_logged(phone, code):
    stranger = next(c for c in (codes.new_code() for _ in range(9)) if c != code.code)
    slip = code.code[:-1] + codes.ALPHABET[codes.ALPHABET.index(code.code[-1]) - 1]

    foreign, mistyped = phone.get(f"/q/{stranger}"), phone.get(f"/q/{slip}")

    assert (foreign.status_code, mistyped.status_code) == (404, 404)
    assert ("tidak pernah kami keluarkan" in foreign.text, "salah ketik" in mistyped.text) == (True, True)
    assert all(code.code not in answer.text for answer in (foreign, mistyped))
    assert list(Scan.objects.order_by("pk").values_list("code", "typed", "state")) == [
        (None, stranger, ""),
        (None, slip, ""),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "%00%00",
        "7K3F1%00",
        "'; DROP TABLE campaigns_code; --",
        '"><script>alert(1)</script>',
        "%F0%9F%98%80" * 8,
        "%ff%fe",
        "%ED%A0%80",
        "a\nb",
        "%0d%0aSet-Cookie:x",
        "../../etc/passwd",
        "b/b/b",
        "A" * 1_000_000,
        "٧٧٧٧٧٧",
    ],
)
def test_whatever_is_typed_gets_a_helpful_page(phone, path):
    answer = phone.get(f"/q/{path}")

    assert answer.status_code == 404
    assert 'name="kode"' in answer.text
    assert "<script>alert" not in answer.text
    assert [len(scan.typed) <= 40 and "\0" not in scan.typed for scan in Scan.objects.all()] == [True]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_the_form_takes_any_text(phone, typed):
    assert phone.get("/q/", {"kode": typed}).status_code in (200, 302, 404)


def test_the_form_leads_to_the_code(phone, code):
    answer = phone.get("/q/", {"kode": f" {code.code[:3].lower()} {code.code[3:]} "})

    assert (answer.status_code, answer["Location"], Scan.objects.count()) == (302, f"/q/{code.code}", 0)
    assert phone.get("/q/").status_code == phone.get("/Q").status_code == 200


def test_each_post_but_the_beacon_is_refused(phone, code):
    assert [phone.post(code.path).status_code, phone.post("/q/").status_code] == [405, 405]


def listens():
    return list(Listen.objects.order_by("pk").values_list("code", "event"))


def test_the_beacon_tells_each_event_once_a_day(phone, code):
    phone.get(code.path)

    answers = [phone.post(f"{code.path}/b?e={event}") for event in ("putar", "putar", "dengar30", "wa", "peta")]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 5
    assert listens() == [(code.code, event) for event in ("putar", "dengar30", "wa", "peta")]


@pytest.mark.parametrize("event", ["", "lain", "%00", "putar" * 100])
def test_the_beacon_drops_what_it_does_not_know(phone, code, event):
    phone.get(code.path)

    assert (phone.post(f"{code.path}/b?e={event}").status_code, listens()) == (204, [])


@pytest.mark.parametrize("cookie", ["", "x", "A" * 22, "A" * 5000, "\x00" * 22])
def test_the_beacon_hears_only_who_came_by_this_code_today(phone, code, cookie):
    other = factories.CodeFactory(page=code.page)
    phone.get(other.path)
    if cookie:
        phone.cookies[visits.COOKIE] = cookie

    answers = [phone.post(f"/q/{name}/b?e=putar") for name in (code.code, "XXXXXX", "x", "%00")]

    assert ([answer.status_code for answer in answers], listens()) == ([204] * 4, [])


def test_the_beacon_needs_no_csrf_token(code):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"User-Agent": PHONE})
    strict.get(code.path)

    assert (strict.post(f"{code.path}/b?e=putar").status_code, listens()) == (204, [(code.code, "putar")])


def test_a_long_name_costs_the_crawler_check_little():
    started = timezone.now()

    agents.is_bot({"User-Agent": "Mozilla/5.0 " + "B" * 100_000})

    assert timezone.now() - started < timedelta(seconds=2)


@pytest.mark.parametrize("count", [1, 3])
def test_scans_by_code_cost_one_query(django_assert_num_queries, phone, count):
    for _more in range(count):
        phone.get(factories.CodeFactory().path)

    with django_assert_num_queries(1):
        figures = [(one.raw, one.unique) for one in Code.objects.with_scans()]

    assert figures == [(1, 1)] * count
