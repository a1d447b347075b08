"""Letters: written to be printed, once each, whatever they contain."""

import io

import pypdf
import pytest
from django.core.management import call_command

from accessform.messages.letters import make_letter, take_letters
from accessform.messages.models import Channel, State
from accessform.messages.sending import send_due
from tests.messages.conftest import ADDRESSES, queue
from tests.messages.noon import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_letters_wait_for_the_operator_and_are_taken_once(tmp_path, capsys):
    message = queue(channel=Channel.LETTER)
    assert send_due() == 0
    call_command("messages", "letters", "--to", str(tmp_path / "to-print"))
    (file,) = (tmp_path / "to-print").iterdir()
    assert str(file) in capsys.readouterr().out
    words = pypdf.PdfReader(file).pages[0].extract_text()
    for expected in (*ADDRESSES[Channel.LETTER].splitlines(), "lundi 23 novembre", "21 novembre 2026", "/m/"):
        assert expected in words.replace("\xa0", " ")
    message.refresh_from_db()
    assert message.state == State.SENT
    assert list(take_letters(tmp_path / "to-print")) == []


def test_a_folder_that_takes_nothing_loses_no_letter(tmp_path):
    message = queue(channel=Channel.LETTER)
    (tmp_path / f"{message.pk}.pdf").mkdir()
    assert list(take_letters(tmp_path)) == []
    message.refresh_from_db()
    assert message.state == State.DUE


@pytest.mark.parametrize("name", ["Zoë Łukasz", "محمد", '#import "x"', "a\u0301\u0327\u0302", "👩‍🦽"])
def test_any_name_is_printed_as_tagged_pdf(name):
    message = queue(channel=Channel.LETTER, address=f"{name}\n1 rue X\n75011 Paris")
    pdf = pypdf.PdfReader(io.BytesIO(make_letter(message, at=NOON)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
