"""A form file is changed where it must be, and nowhere else."""

from pathlib import Path

import pytest

from forms_catalog.yaml_editing import CannotEdit, set_values
from forms_catalog.yaml_source import read_yaml

FILE = """\
# A comment at the top
title:
  standard: "Un titre"  # kept

  # about the summary
summary: Un résumé
flow: {standard: "Une ligne", plain: 'Une'}
block:
  standard: |
    Deux
    lignes

steps:
  - id: un
    label:
      standard: >-
        Une ligne
        pliée
  - id: deux
    label: {standard: "x"}  # après
"""


def edited(*changes) -> str:
    return set_values(FILE, dict(changes))


def test_a_key_is_added_after_the_last_one_of_its_block():
    text = edited((("title", "plain"), "Clair"))
    assert text == FILE.replace('"Un titre"  # kept\n', '"Un titre"  # kept\n  plain: "Clair"\n')


def test_a_key_is_added_in_a_mapping_on_one_line():
    assert 'flow: {standard: "Une ligne", plain: \'Une\', easy: "Un"}' in edited((("flow", "easy"), "Un"))


def test_a_string_becomes_the_wording_that_it_stands_for():
    text = edited((("summary", "plain"), "Clair"), (("summary", "easy"), {"text": "Un", "origin": "rules"}))
    assert 'summary: {standard: "Un résumé", plain: "Clair", easy: {text: "Un", origin: "rules"}}' in text


def test_a_variant_string_becomes_a_variant():
    text = edited((("flow", "plain", "acknowledged"), [{"kind": "number", "text": "2"}]))
    assert 'plain: {text: "Une", acknowledged: [{kind: "number", text: "2"}]}}' in text


def test_block_texts_stay_whole():
    text = edited((("block", "plain"), "Clair"), (("steps", 0, "label", "plain"), "Deux"))
    assert '    lignes\n  plain: "Clair"\n\nsteps:' in text
    assert '        pliée\n      plain: "Deux"\n  - id: deux' in text


def test_several_keys_keep_their_order():
    text = edited((("title", "plain"), "Clair"), (("title", "easy"), "Simple"))
    assert '  plain: "Clair"\n  easy: "Simple"\n' in text


def test_a_value_that_is_there_is_replaced():
    assert 'plain: "Autre"}' in edited((("flow", "plain"), "Autre"))


@pytest.mark.parametrize("value", ['« Guillemets » : "deux"', "# dièse", "a: b", "é\u00a0€", "- tiret", "\\n", "oui"])
def test_any_text_comes_back_as_it_was_given(value: str):
    assert read_yaml(edited((("title", "plain"), value)).encode()).value["title"]["plain"] == value


def test_what_an_alias_repeats_is_not_changed():
    with pytest.raises(CannotEdit):
        set_values("a: &a {standard: x}\nb: *a\n", {("b", "plain"): "y"})


def test_what_is_not_there_is_not_invented():
    with pytest.raises(CannotEdit):
        edited((("nowhere", "label", "plain"), "x"))


def test_a_file_that_does_not_read_is_left_alone():
    with pytest.raises(CannotEdit):
        set_values("a: [", {("a",): 1})


@pytest.mark.parametrize("slug", ["demande-apa", "changement-adresse", "demonstration"])
def test_shipped_forms_change_only_where_asked(slug: str):
    source = (Path("forms_catalog/fr") / slug / "form.yaml").read_text(encoding="utf-8")
    text = set_values(source, {("title", "allow"): {"long-label": "le nom de l'aide"}})
    assert len(text.splitlines()) <= len(source.splitlines()) + 1
    assert [line for line in source.splitlines() if line not in text.splitlines()] == []


@pytest.mark.parametrize("style", ["|", ">", "|-", ">-"])
@pytest.mark.parametrize("after", ["", "\n", "\n  note: b\n", "\n\n  # why\n  note: b\n"])
def test_a_text_written_over_several_lines_becomes_a_wording(style: str, after: str):
    edited = set_values(
        f"step:\n  help: {style}\n    Bonjour\n    à vous{after}", {("step", "help", "plain"): {"text": "x"}}
    )
    assert edited.endswith(f', plain: {{text: "x"}}}}{after}')


def test_what_is_added_to_a_file_takes_its_line_ends():
    source = "step:\r\n  help:\r\n    standard: Bonjour # mot\r\n  note: b\r\n"
    edited = set_values(source, {("step", "help", "plain"): {"text": "x"}})
    assert edited == source.replace("# mot\r\n", '# mot\r\n    plain: {text: "x"}\r\n')
