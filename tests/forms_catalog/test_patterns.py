"""Regular expressions of designers: the useful pass, the dangerous are refused, none takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_catalog.patterns import MAX_ANSWER, UnsafePattern, check_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"[0-9]{13}", "1234567890123", "123"),
        (r"[A-Z]{2}-?\d{3}-?[A-Z]{2}", "AB-123-CD", "AB-12-CD"),
        (r"(\d{2} ?){5}", "01 99 00 00 00", "01 99"),
        (r"(?:lundi|mardi)", "lundi", "samedi"),
        (r"[^@\s]+@[^@\s]+", "a@b", "ab"),
        (r"(?!0)\d+", "12", "012"),
        (r"\w*", "", "a b"),
    ],
)
def test_useful_patterns_pass_and_match_the_whole_answer(pattern, good, bad):
    check_pattern(pattern)
    assert matches(pattern, good)
    assert not matches(pattern, bad)
    assert not matches(pattern, good + "\n")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+",
        r"(a*)*b",
        r"(a|aa)+",
        r"(a|a?)+",
        r"([a-zA-Z]+)*",
        r"(\w+\s?)*",
        r"(.*a){20}",
        r"\d*\d*\d*\d*x",
        r"(?:(?:a{1,50}){1,50}){1,50}",
        r"(?=(a+)+)b",
        r"(?>(a|b|ab)*)",
        r"[",
        r"(",
        r"a{99999999999999999999}",
        r"(?P<x>a)(?P<x>b)",
        r"[[a]",
        r"[a--b]",
    ],
)
def test_dangerous_or_broken_patterns_are_refused_with_a_reason(pattern):
    with pytest.raises(UnsafePattern, match="le motif"):
        check_pattern(pattern)


def test_an_answer_that_is_too_long_never_matches():
    assert matches("a*", "a" * MAX_ANSWER)
    assert not matches("a*", "a" * (MAX_ANSWER + 1))


@given(st.text(alphabet=st.sampled_from("ab.*+?|()[]{},1290\\d\\w^$"), max_size=25))
@settings(max_examples=300, deadline=None)
def test_a_pattern_that_passes_is_matched_quickly(pattern):
    try:
        check_pattern(pattern)
    except UnsafePattern:
        return
    started = time.process_time()
    for answer in ("a" * MAX_ANSWER, "ab" * (MAX_ANSWER // 2), "1" * (MAX_ANSWER - 1) + "!"):
        matches(pattern, answer)
    assert time.process_time() - started < 5
