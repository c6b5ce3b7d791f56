"""Setting type: what people typed stays text, and the child process that does it can be trusted, limited and killed."""

import os
import signal
import threading
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from cms.office import pdf

HEAD = """#let data = json("data.json")
#set document(title: "Uji")
#set text(lang: "id", font: "Cabin")
"""


@pytest.fixture
def template(tmp_path):
    def make(body):
        path = tmp_path / "uji.typ"
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return make


@pytest.fixture
def plain(template):
    return template("#data.text")


def words(file):
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "$x^2$ *tebal* _miring_ @acuan <label> // komentar",
        "\"kutip\" 'satu' \\ {json}",
        "= Judul",
    ],
)
def test_typed_text_is_printed_letter_by_letter(plain, text):
    assert words(pdf.render(plain, {"text": text}, {})).split() == text.split()


def test_control_characters_have_no_ink(plain):
    file = pdf.render(plain, {"text": "a\x00b\x07c\ud800"}, {})

    assert words(file) == "abc"


def test_a_letter_without_a_font_is_named(plain):
    with pytest.raises(pdf.PdfError, match="Huruf “😀” tidak dapat dicetak"):
        pdf.render(plain, {"text": "Senang 😀"}, {})


def test_a_line_of_ten_thousand_letters_is_set(plain):
    file = pdf.render(plain, {"text": "senjang " * 1250}, {})

    assert words(file).count("senjang") == 1250


def test_the_file_is_tagged_and_says_its_language(plain):
    with pikepdf.open(BytesIO(pdf.render(plain, {"text": "halo"}, {}))) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "id"
        assert {str(font.BaseFont).split("+")[1] for font in document.pages[0].Resources.Font.values()} == {
            "Cabin-Regular-Identity-H"
        }


def test_a_picture_without_words_is_refused(template):
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'

    with pytest.raises(pdf.PdfError, match="alt"):
        pdf.render(template('#image("gambar.svg")'), {}, {"gambar.svg": picture})
    assert pdf.render(template('#image("gambar.svg", alt: "Segitiga")'), {}, {"gambar.svg": picture})


@pytest.mark.parametrize("body", ['#read("/etc/passwd")', '#read("../rahasia")', '#import "@preview/cetz:0.4.0": *'])
def test_a_template_reaches_nothing_outside_its_folder(template, body):
    with pytest.raises(pdf.PdfError, match="PDF tidak dapat dibuat"):
        pdf.render(template(body), {}, {})


def test_files_go_by_plain_names(plain):
    with pytest.raises(ValueError):
        pdf.render(plain, {"text": ""}, {"../naik.svg": b""})


def test_the_next_render_works_after_a_kill(plain):
    before = pdf.render(plain, {"text": "sebelum"}, {})
    killed = pdf.typesetter.child.pid

    os.kill(killed, signal.SIGKILL)
    after = pdf.render(plain, {"text": "sesudah"}, {})

    assert [words(before), words(after)] == ["sebelum", "sesudah"]
    assert pdf.typesetter.child.pid != killed


ENDLESS = "#for a in range(9999) { for b in range(9999) { let c = a * b } }"


def test_a_kill_in_the_middle_of_a_job_is_survived(template, plain):
    busy = template("#for n in range(4000) [#n #data.text ]")
    results = []
    worker = threading.Thread(target=lambda: results.append(pdf.render(busy, {"text": "kata"}, {})))
    worker.start()
    while pdf.typesetter.child is None or not pdf.typesetter.lock.locked():
        pass
    os.kill(pdf.typesetter.child.pid, signal.SIGKILL)
    worker.join()

    assert words(results[0]).count("kata") == 4000


def test_a_job_has_a_time_limit_and_the_next_one_is_served(template):
    with pytest.raises(pdf.PdfError, match="lebih lama dari 1 detik"):
        pdf.render(template(ENDLESS), {}, {}, seconds=1)

    assert words(pdf.render(template("#data.text"), {"text": "lagi"}, {})) == "lagi"


def test_a_job_that_wants_all_the_memory_ends_in_a_sentence(template):
    with pytest.raises(pdf.PdfError):
        pdf.render(template('#let s = "x" * 1000\n#while true { s += s }'), {}, {}, seconds=5)

    assert words(pdf.render(template("#data.text"), {"text": "lagi"}, {})) == "lagi"


def test_two_threads_each_get_their_own(plain):
    results = {}

    def work(name):
        results[name] = [words(pdf.render(plain, {"text": f"{name}{n}"}, {})) for n in range(10)]

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == {name: [f"{name}{n}" for n in range(10)] for name in "ab"}


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_server_process_gets_a_child_of_its_own(plain):
    pdf.render(plain, {"text": "induk"}, {})
    theirs = pdf.typesetter.child.pid
    reader, writer = os.pipe()

    if (fork := os.fork()) == 0:
        pdf.render(plain, {"text": "anak"}, {})
        os.write(writer, str(pdf.typesetter.child.pid).encode())
        pdf.typesetter.close()
        os._exit(0)
    os.waitpid(fork, 0)

    assert os.read(reader, 20).decode() not in ("", str(theirs))
    assert words(pdf.render(plain, {"text": "masih"}, {})) == "masih"
    assert pdf.typesetter.child.pid == theirs
    os.close(reader)
    os.close(writer)


def test_an_old_child_is_replaced(plain, monkeypatch):
    monkeypatch.setattr(pdf, "JOBS_PER_CHILD", 1)
    pdf.render(plain, {"text": "satu"}, {})
    first = pdf.typesetter.child.pid

    pdf.render(plain, {"text": "dua"}, {})

    assert pdf.typesetter.child.pid != first
