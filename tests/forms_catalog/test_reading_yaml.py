"""Form files may be hostile: every one is answered with findings within its time, never with an exception."""

import json
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from forms_catalog.findings import Severity
from forms_catalog.loading import load_form
from forms_catalog.yaml_source import MAX_BYTES, MAX_DEPTH, MAX_NODES, Position, read_yaml
from tests.forms_catalog.written_forms import SMALL, small_form

PATIENCE_SECONDS = 5.0
"""Of processor time: far above what the slowest takes (under 1 s), far below what an unlimited parser would."""


def codes(source: bytes) -> list[str]:
    return [remark.code for _, remark in read_yaml(source).refusals]


def test_values_are_read_as_yaml_1_2_does():
    text = b"a: yes\nb: 012\nc: 1.50\nd: true\ne: ~\nf: '1'\ng: 2026-11-21\nh: 0x1F\ni: .inf\nj: 1e999\nk: 12:30\n"
    assert read_yaml(text).value == {
        "a": "yes",
        "b": 12,
        "c": 1.5,
        "d": True,
        "e": None,
        "f": "1",
        "g": "2026-11-21",
        "h": "0x1F",
        "i": ".inf",
        "j": "1e999",
        "k": "12:30",
    }


def test_blocks_quotes_and_byte_order_marks_are_read():
    assert read_yaml('\ufeffa: |\n  deux\n  lignes\nb: "é\\u00e9"\n'.encode()).value == {
        "a": "deux\nlignes\n",
        "b": "éé",
    }


def test_positions_are_those_of_keys_and_items():
    read = read_yaml(b"a:\n  - b: 1\n    c: 2\n")
    assert read.position(("a", 0, "c")) == Position(3, 5)
    assert read.position(("a", 0, "absent", 3)) == Position(2, 5)


def test_an_alias_repeats_a_block():
    read = read_yaml(b"a: &x {b: [1, 2]}\nc: *x\nd: &y deux\ne: *y\n")
    assert read.value == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": "deux", "e": "deux"}
    assert read.position(("c", "b", 0)) == Position(2, 1)


def billion_laughs(width: int, depth: int) -> bytes:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(lines).encode()


HOSTILE = {
    "alias bomb": (billion_laughs(10, 10), "yaml.too_many"),
    "alias ladder": ("\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 99)).encode(), "yaml.alias"),
    "alias depth": (billion_laughs(1, 99), "yaml.too_deep"),
    "alias of itself": (b"a: &a [*a]", "yaml.alias"),
    "unknown alias": (b"a: *nothing", "yaml.alias"),
    "merge key": (b"a: &a {b: 1}\nc: {<<: *a, d: 2}", ""),
    "deep lists": (b"[" * 200_000, "yaml.too_deep"),
    "deep mappings": (b"{a: " * 100_000, "yaml.too_deep"),
    "deep blocks": (b"".join(b" " * n + b"a:\n" for n in range(700)), "yaml.too_deep"),
    "deep dashes": (b"- " * 200_000, "yaml.too_deep"),
    "10 MB": (b"a: " + b"x" * 10_000_000, "yaml.too_big"),
    "many items": (b"[" + b"a," * 250_000 + b"]", "yaml.too_many"),
    "many keys": ("\n".join(f"k{n}: v" for n in range(50_000)).encode(), "yaml.too_many"),
    "python tag": (b"a: !!python/object/apply:os.system [echo]", "yaml.tag"),
    "own tag": (b"a: !boom x", "yaml.tag"),
    "standard tag": (b"a: !!binary aGVsbG8=", "yaml.tag"),
    "tag on the root": (b"!!python/name:os.system", "yaml.tag"),
    "NUL": (b"a: b\0c", "yaml.control_character"),
    "escaped NUL": (b'a: "b\\0c"', "yaml.control_character"),
    "escaped surrogate": (b'a: "\\ud800"', "yaml.control_character"),
    "escaped key": (b'"\\x07": 1', "yaml.control_character"),
    "bell": (b"a: \x07", "yaml.control_character"),
    "latin-1": ("a: é".encode("latin-1"), "yaml.encoding"),
    "UTF-16": ("a: b".encode("utf-16"), "yaml.encoding"),
    "binary": (bytes(range(256)) * 10, "yaml.encoding"),
    "impossible character": (b'a: "\\Uffffffff"', "yaml.syntax"),
    "duplicate key": (b"a: 1\nb: 2\na: 3", "yaml.duplicate_key"),
    "mapping as key": (b"{a: 1}: 2", "yaml.key"),
    "list as key": (b"? [a]\n: b", "yaml.key"),
    "alias as key": (b"a: &a b\n*a : c", "yaml.key"),
    "two documents": (b"a: 1\n---\nb: 2", "yaml.documents"),
    "tab": (b"a:\n\tb: 1", "yaml.syntax"),
    "unclosed quote": (b'a: "b', "yaml.syntax"),
    "unclosed bracket": (b"a: [b", "yaml.syntax"),
    "colons": (b"a: b: c", "yaml.syntax"),
    "percent": (b"%" * 100_000, "yaml.syntax"),
    "directive": (b"%YAML 9.9\n---\na: b", ""),
    "question marks": (b"? " * 100_000, ""),
    "exclamation marks": (b"!" * 400_000, ""),
    "blank lines": (b"a:" + b"\n" * 500_000, ""),
    "comments": (b"# x\n" * 100_000, ""),
}  # fmt: skip


@pytest.mark.parametrize(("source", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_answered_with_findings_in_time(source, code):
    started = time.process_time()
    loaded = load_form(source, file="hostile.yaml")
    assert time.process_time() - started < PATIENCE_SECONDS
    assert loaded.definition is None
    assert loaded.findings
    assert not loaded.may_be_registered
    if code:
        assert code in codes(source)


def test_limits_are_where_they_are_said_to_be():
    assert codes(b"a: " + b"x" * (MAX_BYTES - 3)) == []
    assert codes(b"a: " + b"x" * (MAX_BYTES - 2)) == ["yaml.too_big"]
    assert codes(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) == []
    assert codes(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)) == ["yaml.too_deep"]
    assert codes(b"[" + b"a," * (MAX_NODES - 1) + b"]") == []
    assert codes(b"[" + b"a," * MAX_NODES + b"]") == ["yaml.too_many"]


def test_a_file_full_of_mistakes_stops_being_read():
    assert len(codes("\n".join(f"a: {n}" for n in range(10_000)).encode())) <= 60


def test_a_syntax_error_is_placed_and_said_in_french():
    finding = load_form(b"a: 1\nb: c: d\n", file="f.yaml").findings[0]
    assert (finding.line, finding.severity) == (2, Severity.ERROR)
    assert "guillemets" in finding.message


@pytest.mark.parametrize("source", [b"", b"null", b"[]", b"texte", b"12", b"--- \n...", b"# rien", b"{}"])
def test_what_is_no_form_is_a_finding(source):
    assert not load_form(source, file="f.yaml").may_be_registered
    assert load_form(source, file="f.yaml").findings


WRONG_VALUES = [
    "~",
    "12",
    "-1.5",
    "true",
    "[]",
    "{}",
    "[[]]",
    "{standard: }",
    "{standard: [x]}",
    "x",
    '""',
    "{a: {b: c}}",
]
LINES = [n for n, line in enumerate(SMALL.splitlines()) if line.strip() and not line.strip().startswith("#")]


@pytest.mark.parametrize("number", LINES)
@pytest.mark.parametrize("value", WRONG_VALUES)
def test_wrong_types_everywhere_are_findings(number, value):
    lines = SMALL.splitlines()
    key, colon, _ = lines[number].partition(":")
    lines[number] = f"{key}{colon} {value}"
    check_answer("\n".join(lines).encode())


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_get_an_answer(source):
    check_answer(source)


@given(st.text(alphabet=st.sampled_from("ab:- \n\t&*!|>'\"{}[],#%@`?~\\0\u00e9\u2028\ud7ff<"), max_size=200))
@settings(max_examples=400, deadline=None)
def test_any_text_gets_an_answer(text):
    check_answer(text.encode())


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_form_spoilt_anywhere_gets_an_answer(data):
    cut = data.draw(st.integers(0, len(SMALL)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
    check_answer((SMALL[:cut] + put + SMALL[cut + length :]).encode())


PARTS = YAML(typ="safe", pure=True).load(SMALL)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(
        ["slug", "title", "service", "steps", "variants", "after", "terms", "before_you_start", "accessform"]
    ),
    plain_values,
)
@settings(max_examples=80, deadline=None)
def test_any_value_in_place_of_a_part_gets_an_answer(name, value):
    check_answer(json.dumps({**PARTS, name: value}, default=str).encode())


def check_answer(source: bytes) -> None:
    """Check that loading answers: a definition, or at least one finding that can be shown."""
    loaded = load_form(source, file="f.yaml")
    assert loaded.definition is not None or loaded.findings
    for finding in loaded.findings:
        assert finding.message
        assert finding.line >= 1
        assert not any(unicodedata.category(c) == "Cs" for c in str(finding))


def test_the_small_form_itself_has_no_error():
    assert load_form(small_form(), file="f.yaml").may_be_published


def test_json_is_read_too_with_its_pairs_of_escapes():
    assert read_yaml(json.dumps({"a": "𝄞 é"}).encode()).value == {"a": "𝄞 é"}
