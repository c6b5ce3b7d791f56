"""advise_form reads a lyric as people save it, and refuses anything else in words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

LYRIC = """# pembuka
@ Oi, sanak!
Pegi ke ulu naik peghahu,
singgah sebento di Babat Toman,
bawe rantang baisi gulai.
Ampun tabik Datuk Penghulu,
salam kami ke segale kawan,
izinke kami menumpang nyanyi.

# isi
NIB-nye diurus di kantor kite | NIB-nya diurus | en-i-be-nye diurus di kantor kite
datanglah ke loket
"""


def advise(path, *options):
    out = StringIO()
    call_command("advise_form", path, *options, stdout=out)
    return out.getvalue()


def stanzas(path, *options):
    return json.loads(advise(path, "--json", *options))["stanzas"]


@pytest.fixture
def lyric(tmp_path):
    def write(content):
        path = tmp_path / "lirik.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_the_form_comes_as_json(lyric):
    pembuka, isi = stanzas(lyric(LYRIC), "--language", "mui")

    assert (pembuka["part"], pembuka["form"], pembuka["scheme"]) == ("pembuka", "talibun", "-abcabd")
    assert pembuka["lines"][0] == {"no": 1, "text": "Oi, sanak!", "syllables": [3, 3], "rhyme": "ak", "formula": True}
    assert pembuka["lines"][1] == {"no": 2, "text": "Pegi ke ulu naik peghahu,", "syllables": [10, 10], "rhyme": "u"}
    assert [{**hint, "text": ""} for hint in pembuka["hints"]] == [
        {"line": 4, "with": 7, "kind": "rhyme", "grade": "none", "text": ""}
    ]
    assert (isi["form"], [line["syllables"] for line in isi["lines"]]) == ("karmina", [[12, 12], [6, 6]])
    assert [(hint["line"], hint["kind"]) for hint in isi["hints"]] == [
        (2, "lines"),
        (2, "syllables"),
    ]


def test_the_form_comes_in_words(lyric):
    told = advise(lyric(LYRIC))

    assert "Bait 1 (pembuka): talibun, sajak -abcabd" in told
    assert "Baris 4 (“gulai”) seharusnya bersajak dengan baris 7 (“nyanyi”)" in told


def test_a_word_may_have_a_count_of_its_own(lyric):
    path = lyric("# isi\nkami mau\n")

    assert stanzas(path)[0]["lines"][0]["syllables"] == [3, 4]
    assert stanzas(path, "--word", "Mau=1")[0]["lines"][0]["syllables"] == [3, 3]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "\n \t \n\u200b\n\n"),
        lambda text: text.replace("# pembuka", "#PEMBUKA:").replace("# isi", "## Isi"),
        lambda text: text.replace("kawan", "ka\u200bwan"),
    ],
)
def test_a_file_reads_the_same_however_an_editor_saved_it(change, lyric):
    assert stanzas(lyric(change(LYRIC))) == stanzas(lyric(LYRIC))


def test_other_scripts_and_marks_are_read_as_far_as_they_go(lyric):
    path = lyric("# isi\nسلام عليكم ورحمة الله\nnaik pe\u0301ghahu\n\n" + "satu baris\n\n" * 199)

    found = stanzas(path)

    assert len(found) == 200
    assert "bukan Latin" in found[0]["hints"][0]["text"]
    assert found[0]["lines"][1]["syllables"] == [5, 5]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Belum ada lirik"),
        (b"\n \n# isi\n# penutup\n", "Belum ada lirik"),
        (b"Pegi ke ulu\nnaik peghahu\n", "Baris 1 belum berada di bawah judul bagian"),
        (b"# isi\nPegi ke ulu\n# reff\nlagi\n", "Baris 3: bagian “reff” tidak dikenal"),
        ("# isi\nPegi ke ulu".encode("utf-16"), "bukan teks UTF-8"),
        (b"# isi\n\xe9lok\n", "bukan teks UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "bukan teks"),
        (b"# isi\n\0\0\0\n", "bukan teks"),
        (b"# isi\n" + b"lagi\n" * 300_000, "lebih besar dari 1 MB"),
    ],
)
def test_what_is_no_lyric_is_refused_in_words(content, sentence, lyric):
    with pytest.raises(CommandError, match=sentence):
        advise(lyric(content))


def test_a_file_that_cannot_be_opened_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="tidak ada berkas dengan nama itu"):
        advise(tmp_path / "tidak-ada.txt")
    with pytest.raises(CommandError, match="itu folder, bukan berkas"):
        advise(tmp_path)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--language", "jav"], "Bahasa “jav” tidak dikenal. Pilih mui"),
        (["--word", "mau"], "“mau” tidak terbaca"),
        (["--word", "mau=banyak"], "“mau=banyak” tidak terbaca"),
    ],
)
def test_an_option_that_means_nothing_is_refused_in_words(options, sentence, lyric):
    with pytest.raises(CommandError, match=sentence):
        advise(lyric(LYRIC), *options)
