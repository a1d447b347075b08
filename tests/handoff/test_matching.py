"""Places that fit: what the person asked for, and nothing guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.handoff.geography import Point
from accessform.handoff.matching import MORE_SHOWN, ReasonKind, match_places
from accessform.handoff.place_facts import BLOCKING, Evidence, Feature, Mode, PlaceFacts, Wish, read_needs

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
    features = {Feature.WHEELCHAIR: Evidence(True, FRESH), Feature.FORM_HELP: Evidence(True)}
    known = place(features=features, earliest=NOON)
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


HERE = Point(48.0, 0.0)
NEARBY = Wish(point=HERE, department="72")


def at(km: float, number: int, **facts) -> PlaceFacts:
    return place(number, point=Point(48.0 + km / 111.2, 0.0), department="72", **facts)


def kinds(match) -> list[ReasonKind]:
    return [reason.kind for reason in match.reasons]


def test_within_one_band_the_earliest_slot_decides_and_between_bands_the_distance():
    places = [at(7, 1), at(3, 2), at(4, 3, earliest=NOON), at(12, 4, earliest=NOON)]
    assert order(places, NEARBY) == [3, 2, 1, 4]


def test_places_beyond_fifty_km_fill_the_three_and_no_more():
    places = [at(3, 1), at(60, 2), at(80, 3), at(70, 4)]
    assert order(places, NEARBY) == [1, 2, 4]
    assert order([at(3, 1), at(4, 2), at(5, 3), at(60, 4)], NEARBY) == [1, 2, 3]


def test_a_far_place_never_stands_before_a_near_one_even_confirmed():
    confirmed = {Feature.WHEELCHAIR: Evidence(True, FRESH)}
    wish = Wish(needs=frozenset({Feature.WHEELCHAIR}), point=HERE, department="72")
    assert order([at(600, 1, features=confirmed), at(3, 2)], wish) == [2, 1]
    assert order([at(30, 1, features=confirmed), at(3, 2)], wish) == [1, 2]


def test_what_was_declared_long_ago_sends_nobody_far():
    old = {Feature.QUIET: Evidence(True, OLD)}
    wish = Wish(needs=frozenset({Feature.QUIET}), point=HERE, department="72")
    assert order([at(45, 1, features=old), at(3, 2)], wish) == [2, 1]
    assert order([at(15, 1, features=old), at(3, 2)], wish) == [1, 2]


def test_the_distance_is_printed_and_said_about_where_it_is():
    exact = match_places([at(3, 1)], NEARBY, today=TODAY).first[0]
    assert exact.km == pytest.approx(3, abs=0.01)
    assert ReasonKind.DISTANCE in kinds(exact)
    rough = Wish(point=Point(48.0, 0.0, is_approximate=True), department="72")
    assert ReasonKind.ABOUT_DISTANCE in kinds(match_places([at(3, 1)], rough, today=TODAY).first[0])


def test_help_with_forms_comes_first_and_its_absence_is_said_unknown():
    helps = {Feature.FORM_HELP: Evidence(True, FRESH)}
    matches = match_places([at(3, 1), at(4, 2, features=helps)], NEARBY, today=TODAY)
    assert [match.place.id for match in matches.first] == [2, 1]
    assert not matches.first[0].is_uncertain
    assert matches.first[1].is_uncertain


def test_what_was_declared_long_ago_is_said_with_its_month():
    wish = Wish(needs=frozenset({Feature.QUIET}))
    match = match_places([place(features={Feature.QUIET: Evidence(True, OLD)})], wish, today=TODAY).first[0]
    assert (match.reasons[0].kind, match.reasons[0].since) == (ReasonKind.CONFIRMED_LONG_AGO, OLD)
    assert match.is_uncertain


def test_where_few_places_are_near_other_ways_are_added():
    places = [
        at(3, 1),
        at(300, 2, modes=frozenset({Mode.PHONE})),
        at(200, 3, modes=frozenset({Mode.PHONE, Mode.VIDEO})),
        at(40, 4, modes=frozenset({Mode.HOME})),
        at(55, 5, is_itinerant=True),
        place(6, is_itinerant=True, point=Point(43.3, 5.4), department="13"),
    ]
    otherwise = match_places(places, NEARBY, today=TODAY).otherwise
    assert [(match.place.id, match.reasons[0].kind) for match in otherwise] == [
        (1, ReasonKind.BY_PHONE),
        (1, ReasonKind.BY_VIDEO),
        (1, ReasonKind.AT_HOME),
        (5, ReasonKind.ITINERANT),
    ]
    enough = [at(number, number + 10, modes=frozenset({Mode.OFFICE})) for number in range(1, 4)]
    assert match_places([*places, *enough], NEARBY, today=TODAY).otherwise == ()
    assert match_places(places, Wish(), today=TODAY).otherwise == ()


def test_other_ways_keep_the_refusals_of_places_and_invent_none():
    refused = {Feature.WHEELCHAIR: Evidence(False, FRESH)}
    wish = Wish(needs=frozenset({Feature.WHEELCHAIR}), point=HERE, department="72")
    travelling = [at(3, 1, is_itinerant=True, features=refused, modes=frozenset({Mode.OFFICE}))]
    assert match_places(travelling, wish, today=TODAY).otherwise == ()


def test_a_long_list_is_cut_so_that_the_page_stays_short():
    matches = match_places([place(number) for number in range(1, 3000)], Wish(), today=TODAY)
    assert (len(matches.first), len(matches.more)) == (3, MORE_SHOWN)
