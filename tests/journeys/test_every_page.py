"""Every page of ours, as each kind of user meets it: no axe finding, nothing wider than a phone, no script error."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.journey

PUBLIC = ["/", "/kampanye/", "/layanan/", "/layanan/?q=apotek", "/layanan/?q=tidakada", "/senjang/", "/tentang/", "/q/",
          "/q/TAKADA", "/kosakata/", "/kosakata/?q=takada", "/periksa/", "/periksa/TAKADA", "/tidak-ada/",
          "/turunkan/", "/turunkan/?kode=TAKADA", "/senjang/musim-beumo-izin-benih/",
          "/senjang/kenangan-ninek-pesenjang/", "/senjang/tepung-tawar-umah-baru/", "/masuk/", "/keluar/"]  # fmt: skip
FOUND = {
    "a licence": ("/layanan/", "main a[href^='/layanan/']"),
    "a campaign": ("/kampanye/", "main a[href^='/kampanye/']"),
    "a senjang": ("/senjang/", "main a[href^='/senjang/']"),
    "a request to take down": ("/senjang/musim-beumo-izin-benih/", "footer a[href^='/turunkan/']"),
    "a scanned code": ("/", "main a[href^='/q/']:not([href='/q/'])"),
}
OURS_FOR = {"adat2": ["/adat/"], "radio": ["/siaran/"]}
DESKS = [
    "/admin/", "/admin/kampanye/", "/admin/senjang/", "/admin/layanan/", "/admin/fakta/", "/admin/fakta/catat/",
    "/admin/impor-layanan/", "/admin/rekaman/", "/admin/rekaman/unggah/", "/admin/kode/", "/admin/kode/new/",
    "/admin/leaflet/", "/admin/adat/pengajuan/", "/admin/adat/anggota/", "/admin/siaran/stasiun/", "/admin/orang/",
    "/admin/izin/",
    "/admin/reports/pindaian/", "/admin/reports/cakupan/", "/admin/reports/jejak/",
]  # fmt: skip
INSIDE = {
    "a recording": ("/admin/rekaman/", "main a[href^='/admin/rekaman/']:not([href*='unggah'])"),
    "a code": ("/admin/kode/", "main td a[href*='/kode/']"),
    "a consent": ("/admin/izin/", "main td a[href^='/admin/izin/']"),
    "a submission": ("/admin/adat/pengajuan/", "main td a[href*='/pengajuan/']"),
    "a lyric in the editor": ("/admin/senjang/", "main td a[href*='/pages/']"),
}
SMALL = """() => [...document.querySelectorAll('a.btn, button, select, input')]
    .filter(e => !['hidden', 'checkbox', 'radio'].includes(e.type) && e.checkVisibility())
    .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
SETTLED = """() => document.readyState === 'complete'
    && (!document.querySelector('body[data-w-init-ready-class]') || document.body.classList.contains('ready'))
    && document.getAnimations().map(a => [a.playState, a.effect.getComputedTiming().endTime])
        .every(([state, end]) => state !== 'running' || end === Infinity)"""
CUT_OFF = """() => [...document.querySelectorAll('main .listing')]
    .filter(list => list.getBoundingClientRect().right > innerWidth + 1)
    .filter(list => {
        for (let e = list.parentElement; e && e.tagName !== 'MAIN'; e = e.parentElement)
            if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return false;
        return true;
    }).map(list => list.outerHTML.slice(0, 80))"""
axe = Axe()


def findings(page: Page) -> list[str]:
    page.wait_for_function(SETTLED)  # half-faded-in words have a half-faded-in contrast
    results = axe.run(page).response["violations"]
    return [f"{v['id']}: {node['target']} {node['html'][:160]}" for v in results for node in v["nodes"]]


def faults(page: Page, address: str) -> dict[str, object]:
    """What is wrong with the page at `address`, by kind; {} when nothing is."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(SMALL)
    found = {"axe": findings(page), "wider than the screen": wide, "errors": errors, "smaller than 44 px": small}
    return {kind: what for kind, what in found.items() if what}


@pytest.fixture(scope="module", params=["light phone", "dark desktop"])
def look(request: pytest.FixtureRequest) -> dict[str, object]:
    theme, device = request.param.split()
    return {"phone": device == "phone", "color_scheme": theme}


@pytest.fixture(scope="module")
def visitor(open_as, look) -> Page:
    return open_as(**look)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_hinders_nobody(visitor, address):
    assert faults(visitor, address) == {}


@pytest.mark.parametrize("name", FOUND)
def test_a_page_found_from_another_hinders_nobody(visitor, name):
    start, link = FOUND[name]
    visitor.goto(start)
    address = visitor.locator(link).first.get_attribute("href")

    assert faults(visitor, address) == {}


@pytest.mark.parametrize("user", OURS_FOR)
def test_the_pages_of_a_role_hinder_nobody(open_as, look, user):
    page = open_as(user, **look)

    assert {address: found for address in OURS_FOR[user] if (found := faults(page, address))} == {}


def test_the_council_reads_without_hindrance(open_as, look):
    page = open_as("adat1", **look)
    page.goto("/adat/")
    links = [link.get_attribute("href") for link in page.locator("main a[href^='/adat/']").all()]

    assert links
    assert {address: found for address in links if (found := faults(page, address))} == {}


@pytest.mark.parametrize("path", ["", "musiman/", "utuh/", "penutup/"])
def test_the_council_labels_without_hindrance(open_as, look, path):
    page = open_as("adat1", **look)
    page.goto("/adat/label/")
    start = page.get_by_role("link", name="Musim Beumo, Izin Benih").get_attribute("href")

    assert {address: found for address in ["/adat/label/", start + path] if (found := faults(page, address))} == {}


def test_a_cover_opens_without_scripts_and_the_needs_stand_outside_it(open_as):
    page = open_as(phone=True, java_script_enabled=False)
    page.goto("/senjang/kenangan-ninek-pesenjang/")
    words = page.get_by_text("Bunge melati di tepi jalan")
    expect(words).to_be_hidden()
    expect(page.get_by_role("heading", name="Yang perlu disiapkan")).to_be_visible()

    page.get_by_text("Tetap buka").click()

    expect(words).to_be_visible()
    page.reload()
    expect(words).to_be_hidden()


def test_a_missing_reason_is_named_in_the_pages_own_words(open_as):
    page = open_as("adat2", phone=True)
    steps.open_submission(page, "Mubil Trayek Ade Kartunye")
    steps.turn_to_the_verdict(page)
    page.locator("summary").get_by_text("Minta perbaikan").click()

    page.get_by_role("button", name="Minta perbaikan").click()

    missing = page.locator("#alasan-perbaiki").evaluate("field => field.validationMessage")
    assert missing == "Tulis alasannya, supaya penulis tahu apa yang perlu diperbaiki."


@pytest.fixture(scope="module")
def desk(open_as, look) -> Page:
    return open_as("komunikasi", **look)


@pytest.mark.parametrize("address", DESKS)
def test_a_desk_hinders_nobody(desk, address):
    status = desk.goto(address).status

    assert (status, findings(desk)) == (200, [])


@pytest.mark.parametrize("name", INSIDE)
def test_what_lies_on_a_desk_hinders_nobody(desk, name):
    start, link = INSIDE[name]
    desk.goto(start)

    status = desk.goto(desk.locator(link).first.get_attribute("href")).status

    assert (status, findings(desk)) == (200, [])


def test_the_advice_on_a_lyric_hinders_nobody(desk):
    desk.goto("/admin/senjang/")
    page = re.search(r"/pages/(\d+)/", desk.locator("main td a[href*='/pages/']").first.get_attribute("href"))[1]

    status = desk.goto(f"/admin/saran-bentuk/{page}/").status

    assert (status, findings(desk)) == (200, [])


@pytest.mark.parametrize("screen", ["garis-waktu/", "waktu-lirik/"])
def test_the_screens_on_a_takes_time_hinder_nobody(desk, screen):
    start, link = INSIDE["a recording"]
    desk.goto(start)

    status = desk.goto(desk.locator(link).first.get_attribute("href") + screen).status

    assert (status, findings(desk)) == (200, [])


@pytest.mark.parametrize("address", ["/admin/senjang/", "/admin/kode/", "/admin/rekaman/", "/admin/reports/pindaian/"])
def test_every_column_of_a_list_can_be_reached_on_a_phone(open_as, address):
    page = open_as("komunikasi", phone=True)

    page.goto(address)

    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("phone", [True, False])
def test_the_open_calendar_of_a_schedule_leaves_its_button_free(open_as, phone):
    page = open_as("komunikasi", phone=phone)
    page.goto("/admin/pages/")
    page.goto(page.locator("a[href$='/edit/']").first.get_attribute("href"))
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.dispatch_event("click")
    page.locator("#id_go_live_at").click()

    page.locator(".xdsoft_datetimepicker:visible").wait_for()

    save = page.get_by_role("button", name="Simpan jadwal")
    save.click(trial=True)  # would the click reach it?
    expect(save).to_be_in_viewport()


def test_the_trail_is_read_downwards_on_a_phone(open_as):
    page = open_as("komunikasi", phone=True)

    page.goto("/admin/reports/jejak/")

    assert page.evaluate("document.querySelector('.listing').getBoundingClientRect().right <= innerWidth")
