"""The receipt as PDF: tagged, titled, in French, whatever people wrote."""

import io
import re
import unicodedata

import pypdf
import pytest

from accessform.journeys.document import build_document
from accessform.journeys.printing.receipt_pdf import make_receipt_pdf
from accessform.journeys.receipt import read_receipt
from accessform.web.pdf.printable import MAX_WORD, Printable, covered
from tests.journeys.submissions import ANSWERS, make_submission, make_version

pytestmark = pytest.mark.django_db


def _pdf(name="D’Août", answers=None):
    answers = answers or {**ANSWERS, "vous": {**ANSWERS["vous"], "nom": name}}
    return pypdf.PdfReader(io.BytesIO(make_receipt_pdf(read_receipt(make_submission(answers=answers)))))


def _text(reader):
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def _tags(node, found):
    """Collect the structure types of a tag tree."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            _tags(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node["/S"])
        if "/K" in node:
            _tags(node["/K"], found)
    return found


def test_it_declares_pdf_ua_a_title_and_french():
    reader = _pdf()
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Accusé de réception – AF-TEST-0001"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp or 'pdfuaid:part="1"' in xmp


def test_its_structure_has_headings_and_lists_and_its_content_is_marked():
    reader = _pdf()
    tags = _tags(reader.trailer["/Root"]["/StructTreeRoot"], [])
    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/L", "/LI", "/Lbl", "/LBody", "/P"} <= set(tags)
    for page in reader.pages:
        content = page.get_contents().get_data()
        assert b"BDC" in content or b"BMC" in content
        assert page["/Tabs"] == "/S"


def test_it_says_what_the_law_requires_and_the_answers_in_official_words():
    text = _text(_pdf())
    for said in (
        "AF-TEST-0001",
        "4 mars 2026",
        "2 rue du Sud",
        "04 00 00 00 02",
        "Le service dispose de deux mois pour statuer.",
        "vaut acceptation",
        "Un recours peut être formé",
        "Secteur de résidence",
        "Secteur sud",
        "D’Août",
        "3 mars 1948",
        "Avis d'impôt",
    ):
        assert said in text
    for unsaid in ("Où habitez-vous", "Le service répond en deux mois"):
        assert unsaid not in text


def test_fonts_are_embedded():
    reader = _pdf()
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("+" in name for name in fonts)
    assert any("Atkinson" in name for name in fonts)


def test_the_same_receipt_gives_the_same_bytes():
    receipt = read_receipt(make_submission())
    assert make_receipt_pdf(receipt) == make_receipt_pdf(receipt)


@pytest.mark.parametrize(
    "written",
    [
        '#read("/etc/passwd")',
        "#import sys",
        "*gras* _italique_ $x$ `code` @ref <label> \\ // fin",
        '"]} #panic()',
        "= Titre",
    ],
)
def test_what_people_write_is_never_read_as_source(written):
    text = _text(_pdf(written))
    assert written.split()[0] in text
    assert "root:" not in text


def test_other_alphabets_are_printed():
    text = _text(_pdf("Ελένη Иванова Łukasz Çağlar"))
    assert "Ελένη" in text
    assert "Иванова" in text
    assert "[U+" not in text


def test_characters_without_a_glyph_are_named_and_the_document_says_so():
    text = _text(_pdf("Anne 🐈 王 \x07\u202e fin"))
    assert "Anne [U+1F408] [U+738B] [U+0007][U+202E] fin" in text
    assert "ne peuvent pas être imprimés" in text


def test_every_character_that_the_fonts_are_said_to_hold_prints_alone():
    characters = sorted(one for one in covered() if unicodedata.normalize("NFC", one) == one)
    lines = [" ".join(characters[start : start + 40]) for start in range(0, len(characters), 40)]
    reader = _pdf("\n".join(lines))
    assert "ne peuvent pas être imprimés" not in _text(reader)


def test_combining_signs_out_of_place_do_not_stop_the_document():
    assert "fin" in _text(_pdf("\u0301\u0301e\u0302\u0323\u093f \u200d\u200d\ufe0f fin"))


def test_an_endless_answer_is_cut_and_the_document_says_so():
    reader = _pdf("ligne\n" * 20000)
    assert len(reader.pages) < 15
    assert "sont coupées" in _text(reader)


def test_a_document_of_a_thousand_pages_is_capped():
    words = " ".join(["mot"] * 5000)
    answers = {
        "vous": {"zone": "sud", "nom": words},
        "foyer": {"gens": [{"prenom": words, "revenu": "1"} for _ in range(200)]},
    }
    reader = _pdf(answers=answers)
    assert len(reader.pages) < 120
    assert "sont coupées" in _text(reader)


def test_a_word_without_end_stays_on_the_page():
    reader = _pdf("x" * 3000)
    lines = re.findall("x{20,}", _text(reader))
    assert sum(map(len, lines)) == 3000
    assert max(map(len, lines)) <= 2 * MAX_WORD


def test_a_form_without_mentions_still_prints():
    version = make_version(after=None, legal_basis=None)
    document = build_document(version.definition, {"zone": "sud"})
    assert document["steps"]
    assert make_receipt_pdf(read_receipt(make_submission(version)))


def test_cleaning_reaches_every_text():
    printable = Printable("[coupé]")
    assert printable.clean({"a": ["b\tc", 1, None, ("\x00",)]}) == {"a": ["b c", 1, None, ["[U+0000]"]]}
    assert printable.replaced
    assert not printable.cut
