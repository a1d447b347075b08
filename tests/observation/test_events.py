"""The vocabulary of what may be noticed: closed, and unable to carry an answer."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.observation.events import (
    COUNTERS,
    EventKind,
    InteractionEvent,
    RefusedEvent,
    parse_event,
)
from accessform.observation.hints import (
    ALLOWED_HINTS,
    RefusedHint,
    first_language,
    hints_from_headers,
    is_allowed,
    parse_hints,
)

GOOD: list[dict[str, Any]] = [
    {"kind": "step_shown", "at": 0, "step": "identite"},
    {"kind": "step_saved", "at": 1.5, "step": "identite", "changed": False},
    {"kind": "submit_failed", "at": 2, "step": "identite"},
    {"kind": "rejected", "at": 2, "step": "identite", "question": "birth_date", "code": "required"},
    {"kind": "not_understood", "at": 2, "step": "identite", "question": "birth_date", "code": "no_match"},
    {"kind": "help_opened", "at": 3, "step": "identite", "question": "birth_date"},
    {"kind": "returned", "at": 3, "step": "identite"},
    {"kind": "expired", "at": 3},
    {"kind": "resumed", "at": 3},
    {"kind": "asked_for_help", "at": 3, "step": "identite"},
    {"kind": "counter", "at": 3, "step": "identite", "question": "birth_date", "name": "B3", "value": 12},
    {"kind": "hint", "at": 3, "name": "zoom", "value": 200},
    {"kind": "preference_set", "at": 3, "name": "text_size", "value": 150},
    {"kind": "preference_set", "at": 3, "name": "text_size"},
    {"kind": "offer_accepted", "at": 3},
    {"kind": "offer_refused", "at": 3, "name": "easy_wording"},
    {"kind": "change_undone", "at": 3, "name": "error_help.birth_date"},
    {"kind": "auto_adapt_set", "at": 3, "value": True},
    {"kind": "submitted", "at": 3},
]

BAD: list[dict[str, Any]] = [
    {},
    {"kind": "keypress", "at": 1},
    {"kind": ["step_shown"], "at": 1, "step": "a"},
    {"kind": "step_shown", "step": "a"},
    {"kind": "step_shown", "at": -1, "step": "a"},
    {"kind": "step_shown", "at": math.nan, "step": "a"},
    {"kind": "step_shown", "at": "1", "step": "a"},
    {"kind": "step_shown", "at": True, "step": "a"},
    {"kind": "step_shown", "at": 1},
    {"kind": "step_shown", "at": 1, "step": "a", "answer": "x"},
    {"kind": "step_shown", "at": 1, "step": "a", "value": "Lovelace"},
    {"kind": "step_shown", "at": 1, "step": "Ma rue, 12"},
    {"kind": "step_shown", "at": 1, "step": ["a"]},
    {"kind": "step_shown", "at": 1, "step": "a" * 500},
    {"kind": "step_shown", "at": 1, "step": "a", "changed": True},
    {"kind": "step_saved", "at": 1, "step": "a", "changed": 1},
    {"kind": "rejected", "at": 1, "step": "a"},
    {"kind": "rejected", "at": 1, "step": "a", "question": "q", "code": "La date est fausse"},
    {"kind": "not_understood", "at": 1, "step": "a", "code": "no_input"},
    {"kind": "not_understood", "at": 1, "step": "a", "question": "q"},
    {"kind": "not_understood", "at": 1, "step": "a", "question": "q", "code": "douze"},
    {"kind": "counter", "at": 1, "step": "a", "name": "B99", "value": 1},
    {"kind": "counter", "at": 1, "step": "a", "name": ["B3"], "value": 1},
    {"kind": "counter", "at": 1, "step": "a", "name": "B3", "value": 1.5},
    {"kind": "counter", "at": 1, "step": "a", "name": "B3", "value": -1},
    {"kind": "counter", "at": 1, "step": "a", "name": "B3", "value": True},
    {"kind": "counter", "at": 1, "step": "a", "name": "B3", "value": "Lovelace"},
    {"kind": "counter", "at": 1, "step": "a", "value": 1},
    {"kind": "hint", "at": 1, "name": "fonts", "value": "arial"},
    {"kind": "hint", "at": 1, "name": "zoom", "value": 137},
    {"kind": "hint", "at": 1, "name": "touch", "value": 1},
    {"kind": "hint", "at": 1, "value": 200},
    {"kind": "preference_set", "at": 1, "name": "text_size", "value": "<script>"},
    {"kind": "preference_set", "at": 1, "name": "text_size", "value": [150]},
    {"kind": "auto_adapt_set", "at": 1, "value": "yes"},
    {"kind": "offer_accepted", "at": 1, "value": True},
]


@pytest.mark.parametrize("data", GOOD, ids=lambda data: data["kind"])
def test_it_reads_every_kind_whole(data):
    told = parse_event(data)._asdict()
    assert {name: value for name, value in told.items() if value is not None} == data


def test_every_kind_is_tried():
    assert {data["kind"] for data in GOOD} == {kind.value for kind in EventKind}


@pytest.mark.parametrize("data", BAD, ids=str)
def test_it_refuses_anything_else(data):
    with pytest.raises(RefusedEvent):
        parse_event(data)


TYPED = st.one_of(
    st.text(min_size=1, max_size=40).filter(lambda text: not text.isascii() or " " in text or text != text.lower()),
    st.from_regex(r"[0-3][0-9]/[01][0-9]/19[0-9]{2}", fullmatch=True),
    st.emails(),
)


@given(TYPED, st.sampled_from([*EventKind]), st.sampled_from(["step", "question", "code", "name", "value"]))
def test_what_a_person_typed_cannot_become_an_event(typed, kind, field):
    values: dict[str, Any] = {"step": "identite", "question": "birth_date", field: typed}
    if field == "name" and typed in COUNTERS:
        return
    with pytest.raises(RefusedEvent):
        InteractionEvent(kind, 1.0, **values)


@given(
    st.dictionaries(st.text(max_size=12), st.one_of(st.none(), st.integers(), st.text(max_size=8), st.lists(st.none())))
)
def test_reading_raises_nothing_else(data):
    try:
        parse_event(data)
    except RefusedEvent:
        return


def test_hints_are_read_from_an_allow_list():
    sent = {"zoom": 200, "touch": True, "language": "fr"}
    assert parse_hints(sent) == sent
    for refused in ({"zoom": "200"}, {"gpu": "x"}, {"touch": 1}, {"zoom": True}, {1: 2}, [], "x", None):
        with pytest.raises(RefusedHint):
            parse_hints(refused)


def test_no_hint_singles_anyone_out():
    assert max(len(values) for values in ALLOWED_HINTS.values()) <= 6
    assert all(is_allowed(name, value) for name, values in ALLOWED_HINTS.items() for value in values)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr-fr"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("*", "fr"),
        ("", "fr"),
        ("de;q=x, fr;q=0.1", "fr"),
        (",;q=1,,", "fr"),
    ],
)
def test_the_first_language_of_a_browser(header, language):
    assert first_language(header) == language


def test_headers_become_hints_and_nonsense_does_not():
    headers = {
        "Accept-Language": "pt",
        "Save-Data": "on",
        "Sec-CH-Prefers-Contrast": '"more"',
        "Sec-CH-Forced-Colors": "active",
        "Sec-CH-Prefers-Reduced-Motion": '"reduce"',
        "Sec-CH-Prefers-Color-Scheme": '"dark"',
    }
    assert hints_from_headers(headers) == {
        "language": "other",
        "save_data": True,
        "contrast": "more",
        "forced_colors": True,
        "reduced_motion": True,
        "color_scheme": "dark",
    }
    assert hints_from_headers({name: "\x00nonsense" for name in headers if name != "Accept-Language"}) == {}
