"""Places that fit: what the person asked for, and nothing guessed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from accessform.handoff.matching import (
    BLOCKING,
    Evidence,
    Feature,
    Mode,
    PlaceFacts,
    ReasonKind,
    Wish,
    match_places,
    read_needs,
)

TODAY = dt.date(2026, 11, 21)
FRESH, OLD = dt.date(2026, 6, 1), dt.date(2021, 5, 5)
NOON = dt.datetime(2026, 11, 24, 11, tzinfo=dt.UTC)


def place(number: int = 1, **facts) -> PlaceFacts:
    given_facts = {"postal_code": "75011", "department": "75", "modes": frozenset(Mode), **facts}
    return PlaceFacts(id=number, **given_facts)


def order(places, wish: Wish) -> list[int]:
    matches = match_places(places, wish, today=TODAY)
    return [match.place.id for match in (*matches.first, *matches.more)]


def test_three_places_come_first_and_the_others_are_kept():
    matches = match_places([place(number) for number in range(1, 6)], Wish(), today=TODAY)
    assert [len(matches.first), len(matches.more)] == [3, 2]


def test_unknown_is_never_no():
    wish = Wish(needs=frozenset({Feature.SIGN_LANGUAGE}))
    matches = match_places([place()], wish, today=TODAY)
    assert matches.first[0].is_uncertain
    assert matches.first[0].reasons[0].kind is ReasonKind.UNKNOWN


def test_a_place_that_says_no_to_a_blocking_need_is_left_out():
    refused = {Feature.WHEELCHAIR: Evidence(False, FRESH)}
    assert order([place(features=refused)], Wish(needs=frozenset({Feature.WHEELCHAIR}))) == []
    assert order([place(features=refused)], Wish()) == [1]


def test_a_no_to_another_need_stays_last_and_says_so():
    refused = place(1, features={Feature.LARGE_PRINT: Evidence(False, FRESH)}, earliest=NOON)
    wish = Wish(needs=frozenset({Feature.LARGE_PRINT}))
    assert order([refused, place(2)], wish) == [2, 1]
    matches = match_places([refused], wish, today=TODAY)
    assert matches.first[0].reasons[0].kind is ReasonKind.ABSENT


def test_confirmed_needs_come_before_nearness_and_nearness_before_time():
    confirmed = {Feature.QUIET: Evidence(True, FRESH)}
    places = [
        place(1, earliest=NOON, postal_code="13001", department="13"),
        place(2, postal_code="75012"),
        place(3),
        place(4, features=confirmed, postal_code="13001", department="13"),
    ]
    wish = Wish(needs=frozenset({Feature.QUIET}), postal_code="75011", department="75")
    assert order(places, wish) == [4, 3, 2, 1]


def test_the_earliest_slot_comes_first_and_no_slot_last():
    places = [place(1), place(2, earliest=NOON + dt.timedelta(days=1)), place(3, earliest=NOON)]
    assert order(places, Wish()) == [3, 2, 1]


def test_old_evidence_yields_to_fresh_evidence():
    places = [place(number, features={Feature.QUIET: Evidence(True, day)}) for number, day in ((1, OLD), (2, FRESH))]
    assert order(places, Wish(needs=frozenset({Feature.QUIET}))) == [2, 1]


def test_a_place_without_the_asked_mode_is_left_out():
    assert order([place(modes=frozenset({Mode.PHONE}))], Wish(mode=Mode.OFFICE)) == []


def test_every_card_says_why():
    wish = Wish(needs=frozenset({Feature.WHEELCHAIR}), postal_code="75011", department="75")
    known = place(features={Feature.WHEELCHAIR: Evidence(True, FRESH)}, earliest=NOON)
    reasons = match_places([known], wish, today=TODAY).first[0].reasons
    assert [reason.kind for reason in reasons] == [
        ReasonKind.CONFIRMED,
        ReasonKind.SAME_POSTAL_CODE,
        ReasonKind.EARLIEST,
    ]
    assert reasons[-1].at == NOON


def test_needs_outside_the_vocabulary_are_left_out():
    assert read_needs(["wheelchair", "diagnosis", ""]) == frozenset({Feature.WHEELCHAIR})


facts = st.builds(
    place,
    number=st.integers(1, 1000),
    features=st.dictionaries(
        st.sampled_from(list(Feature)),
        st.builds(Evidence, present=st.booleans(), checked_on=st.none() | st.just(FRESH)),
    ),
    postal_code=st.sampled_from(["75011", "75012", "97400"]),
    earliest=st.none() | st.just(NOON),
)
wishes = st.builds(
    Wish,
    needs=st.frozensets(st.sampled_from(list(Feature))),
    mode=st.none() | st.sampled_from(list(Mode)),
    postal_code=st.sampled_from(["", "75011"]),
)


@given(st.lists(facts, max_size=8, unique_by=lambda known: known.id), wishes)
def test_only_an_explicit_no_removes_a_place_and_order_does_not_depend_on_the_input(places, wish):
    kept = order(places, wish)
    assert kept == order(list(reversed(places)), wish)
    for known in places:
        refused = {
            need for need in wish.needs & BLOCKING if need in known.features and not known.features[need].present
        }
        assert (known.id in kept) == (not refused)
