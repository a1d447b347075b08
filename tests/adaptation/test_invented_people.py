"""The invented people of docs/struggle-figures.md: the same each time, frozen; the measures on cases made by hand."""

import math
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from accessform.adaptation.error_rates import error_rates
from accessform.adaptation.evaluation import arms, baselines, bound, charts, figures, frozen
from accessform.adaptation.evaluation.estimates import Figure, Measured, precision_area, quantile, roc_area, share
from accessform.adaptation.evaluation.measures import counted, fails_repeatedly, group_ratio, precision
from accessform.adaptation.evaluation.people.cohorts import Person
from accessform.adaptation.evaluation.people.journeys import Journey, journey
from accessform.adaptation.evaluation.people.worlds import HERE, PARTS, Half, fingerprint, forms, tables, world
from accessform.adaptation.evaluation.running import HAND_OFF, Proposal, Run, run
from accessform.adaptation.evaluation.tables import GOALS, fairness_verdict
from accessform.adaptation.evaluation.variants import VARIANTS, changed
from accessform.adaptation.policy_file import load_policy
from accessform.observation.events import EventKind, InteractionEvent

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/struggle-figures.md"
CALM = Person("calm", "35_59", "desktop", "mouse", "french", frozenset(), {}, 0.01, 1.0, 0.05)
READER = Person("reader", "over_59", "phone", "touch", "other", frozenset(), {"language": 0.8}, 0.01, 1.0, 0.05)


def told(person: Person, *events: tuple[EventKind, float], onset: float | None = None, left: float | None = None):
    """Return a journey of one step and one question; events of one time are one instant."""
    instants: dict[float, list[InteractionEvent]] = {}
    for kind, at in events:
        question = {"question": "s1.q1", "code": "too_long"} if kind is EventKind.REJECTED else {}
        place = None if kind in {EventKind.SUBMITTED, EventKind.RESUMED} else "s1"
        instants.setdefault(at, []).append(InteractionEvent(kind, at, place, **question))
    return Journey(person, "form", tuple(map(tuple, instants.values())), onset, left)


def refused(*times: float) -> list[tuple[EventKind, float]]:
    """Return refused sends of the one question."""
    return [(kind, at) for at in times for kind in (EventKind.SUBMIT_FAILED, EventKind.REJECTED)]


SHOWN = (EventKind.STEP_SHOWN, 1.0)
SENT = (EventKind.SUBMITTED, 90.0)


def test_the_people_are_those_that_were_frozen():
    assert fingerprint() == frozen.record()[-1]["sha256"], "people/ changed: a line in frozen.toml, regenerate"
    assert {path.name for path in HERE.iterdir() if path.suffix in {".py", ".toml"}} == {*PARTS, "__init__.py"}


def test_the_page_was_measured_with_these_people_and_this_policy():
    page = PAGE.read_text(encoding="utf-8")
    assert fingerprint() in page, "run `make struggle-figures`"
    assert frozen.policy_fingerprint(load_policy()) in page, "the policy decides otherwise: run `make struggle-figures`"


def test_the_error_rates_published_were_measured_with_these_people_and_this_policy():
    rates = error_rates()
    again = "the policy decides otherwise: run `make struggle-figures`"
    assert rates.policy_sha256 == frozen.policy_fingerprint(load_policy()), again
    assert rates.policy_version == load_policy().version, again
    assert rates.people_sha256 == fingerprint(), again
    page = PAGE.read_text(encoding="utf-8")
    false = next(rate for rate in rates.rates if rate.name == "false_offers")
    assert f"| {false.value:.1f} ({false.low:.1f}–{false.high:.1f}) | ≤ 5 |" in page


def test_a_fitted_score_tells_apart_what_can_be_told_apart():
    rows = Counter({((1.0, 0.0), False): 90, ((1.0, 0.0), True): 10, ((1.0, 1.0), False): 10, ((1.0, 1.0), True): 90})
    constant, weight = bound.fit(rows)
    assert 1 / (1 + math.exp(-constant)) == pytest.approx(0.1, abs=0.001)
    assert 1 / (1 + math.exp(-constant - weight)) == pytest.approx(0.9, abs=0.001)


def test_the_score_sees_what_the_server_sees_and_nothing_before_the_difficulty():
    weights = tuple(map(float, [0, *[0] * 5, 1, *[0] * 14]))
    late = told(READER, SHOWN, *refused(10.0, 20.0), onset=15.0, left=40.0)
    assert [at for at, _ in bound.vectors(late)] == [10.0, 20.0]
    assert bound.scored(late, weights) == 2
    assert bound.scored(told(READER, SHOWN, *refused(10.0), onset=15.0, left=40.0), weights) is None


def test_who_switches_the_counters_on_is_not_harmed_or_the_page_says_so():
    def measured(offers: int, reached: int) -> Measured:
        return Measured([Counter({"calm": 100, "calm.offers": offers, "gone": 10, "gone.reached": reached})])

    assert "is not harmed" in figures.harm_verdict(measured(8, 5), measured(4, 5))
    assert "**Who" in figures.harm_verdict(measured(9, 5), measured(4, 5))
    assert "**Who" in figures.harm_verdict(measured(8, 4), measured(4, 5))


def test_the_page_says_plainly_that_nobody_was_measured():
    assert "**No person was measured.**" in PAGE.read_text(encoding="utf-8").split("## Goals")[0]


@pytest.mark.slow
def test_the_page_is_the_one_that_was_measured_last():
    assert figures.goals() in PAGE.read_text(encoding="utf-8"), "run `make struggle-figures`"


def test_the_same_numbers_give_the_same_journey():
    for half in Half:
        first = [journey(world(half, 3), number, in_need=True) for number in range(8)]
        assert first == [journey(world(half, 3), number, in_need=True) for number in range(8)]
        assert len({one.instants for one in first}) == len(first)


def test_a_seed_gives_the_same_on_every_machine():
    someone = journey(world(Half.TUNING, 0), 0, in_need=True).person
    assert (someone.age, someone.device, someone.language) == ("35_59", "desktop", "french")
    assert someone.traits == {"autofill", "double_click"}
    assert someone.needs == pytest.approx({"language": 0.8168706, "choice": 0.4371215})
    assert (someone.slips, someone.pace) == pytest.approx((0.0113591, 2.5382092))


def test_the_halves_share_neither_seed_nor_form():
    assert not forms(Half.TUNING).keys() & forms(Half.HELD_OUT).keys()
    assert world(Half.TUNING, 0).values != world(Half.HELD_OUT, 0).values


def test_every_figure_is_sourced_or_has_a_range():
    ranges = {name: item for name, item in tables().items() if "low" in item}
    assert [name for name, item in ranges.items() if item["low"] == item["high"] and not item.get("source")] == []
    assert all(item["low"] <= item["high"] for item in ranges.values())


def test_nobody_without_a_need_meets_difficulty_and_time_never_runs_back():
    for number in range(30):
        calm = journey(world(Half.TUNING, number % 5), number, in_need=False)
        assert calm.onset is None
        for one in (calm, journey(world(Half.TUNING, number % 5), number, in_need=True)):
            times = [event.at for instant in one.instants for event in instant]
            assert times == sorted(times)
            assert one.left_at is None or one.left_at > times[-1]


def test_the_policy_is_the_product_s_own_and_a_refused_offer_is_counted_once():
    policy = load_policy()
    mistyped = told(CALM, SHOWN, *refused(10.0, 20.0), SENT)
    once = run(mistyped, policy, counters=False)
    assert [(one.at, one.page) for one in once.proposals] == [(20.0, 1)]
    assert not once.troubled
    assert once.first_is_true is False
    thrice = run(told(CALM, SHOWN, *refused(10.0, 20.0, 30.0), SENT), policy, counters=False)
    assert HAND_OFF in [one.what for one in thrice.proposals]
    assert thrice.handed


def test_an_offer_before_the_onset_is_false_even_to_who_is_in_difficulty_later():
    early = Run(told(READER, SHOWN, SENT, onset=50.0), (Proposal(10.0, 1, "easy_wording"),))
    assert (early.first_is_true, early.after_onset, early.fits) == (False, None, False)
    later = Run(early.journey, (Proposal(10.0, 1, "voice"), Proposal(60.0, 1, "easy_wording")))
    assert later.first_is_true is False
    assert later.after_onset == Proposal(60.0, 1, "easy_wording")
    assert later.fits


def test_what_is_counted_of_four_journeys():
    gone = told(READER, SHOWN, *refused(10.0), onset=1.0, left=40.0)
    runs = [
        Run(told(CALM, SHOWN, SENT), (Proposal(5.0, 1), Proposal(6.0, 1)), 4.0),
        Run(told(CALM, SHOWN, SENT), (), 0.0),
        Run(gone, (Proposal(5.0, 1, "easy_wording"),), 5.0),
        Run(gone, (), 4.0),
    ]
    (totals,) = counted([runs])
    assert share("calm.offers", "calm", 100)(totals) == 100
    assert share("calm.offered", "calm", 100)(totals) == 50
    assert share("gone.reached", "gone")(totals) == 0.5
    assert share("gone.failed=1", "gone")(totals) == 1
    assert totals["areas.roc"] == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert precision(0.2)(totals) == pytest.approx(0.2 * 0.5 / (0.2 * 0.5 + 0.8 * 0.5))
    assert precision(0.2)(Counter()) is None


def test_areas_of_made_up_scores():
    assert roc_area([3, 4], [1, 2]) == 1
    assert roc_area([1], [1]) == 0.5
    assert roc_area([], [1]) is None
    assert precision_area([2], [1], 0.2) == 1
    assert precision_area([1], [1], 0.2) == pytest.approx(0.2)


def test_a_figure_lies_in_its_interval_and_one_world_has_none_to_speak_of():
    worlds = [Counter({"part": part, "whole": 10}) for part in (1, 2, 3, 4, 5)]
    figure = Measured(worlds).figure(share("part", "whole"))
    assert figure.value == pytest.approx(0.3)
    assert figure.low is not None
    assert figure.high is not None
    assert 0.1 <= figure.low < 0.3 < figure.high <= 0.5
    assert Measured(worlds).figure(share("part", "whole")) == figure
    assert Measured(worlds[:1]).figure(share("part", "whole")) == Figure(0.1, 0.1, 0.1)
    assert Measured(worlds).figure(share("part", "nothing")).value is None
    assert quantile([1, 2, 3, 4], 0.5) == 3


def test_a_group_is_compared_with_all_others_of_its_axis():
    totals = Counter(
        {
            "calm.device=phone": 10, "calm.offered.device=phone": 3,
            "calm.device=desktop": 20, "calm.offered.device=desktop": 2,
        }
    )  # fmt: skip
    assert group_ratio("device", "phone")(totals) == pytest.approx(3)
    assert group_ratio("device", "desktop")(totals) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (Figure(1.3, 1.1, 1.5), "**fails**"),
        (Figure(1.3, 0.9, 1.7), "above 1.25, may be chance"),
        (Figure(1.2, 0.9, 1.5), "holds, but the interval passes 1.25"),
        (Figure(1.1, 1.0, 1.2), "holds"),
        (Figure(None), "not measured"),
    ],
)
def test_a_group_fails_above_the_limit_where_chance_is_left_out(figure: Figure, verdict: str):
    assert fairness_verdict(figure) == verdict


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (Figure(4.0, 3.0, 4.9), "met"),
        (Figure(4.0, 3.0, 6.0), "met, but the interval crosses the goal"),
        (Figure(6.0, 4.0, 8.0), "**not met**, but the interval reaches the goal"),
        (Figure(8.0, 6.0, 9.0), "**not met**"),
    ],
)
def test_a_goal_says_whether_it_is_met(figure: Figure, verdict: str):
    assert GOALS[0].verdict(figure) == verdict


def test_counters_beat_outcomes_only_where_they_tell_better_and_disturb_little():
    quiet = Measured([Counter({"calm": 100, "calm.offers": 4})])
    loud = Measured([Counter({"calm": 100, "calm.offers": 40})])
    assert figures.counters_verdict(Figure(0.1, 0.05, 0.2), quiet).startswith("**Counters beat")
    assert figures.counters_verdict(Figure(0.1, 0.05, 0.2), loud).startswith("**Counters do not beat")
    assert figures.counters_verdict(Figure(0.1, -0.05, 0.2), quiet).startswith("**Counters do not beat")


def test_who_fails_repeatedly():
    assert not fails_repeatedly(told(CALM, SHOWN, *refused(1.0, 2.0)))
    assert fails_repeatedly(told(CALM, SHOWN, *refused(1.0, 2.0, 3.0)))


def test_simple_rules_on_one_journey():
    one = told(CALM, SHOWN, *refused(10.0, 20.0), (EventKind.SUBMITTED, 90.0))
    assert [p.at for p in baselines.first_error(one)] == [10.0]
    assert [p.at for p in baselines.failed_submits(one)] == [20.0]
    assert [p.at for p in baselines.always(one)] == [1.0]
    assert list(baselines.never(one)) == []
    assert [p.at for p in baselines.time_out(60.0)(one)] == [61.0]
    assert list(baselines.time_out(100.0)(one)) == []
    assert baselines.at_random(0.0)(one) == []
    assert len(baselines.at_random(1.0)(one)) == 1


def test_every_variant_is_a_policy_and_leaves_the_shipped_one_alone():
    before = frozen.policy_fingerprint(load_policy())
    told_apart = {name: frozen.policy_fingerprint(changed(change)) for name, (change, _) in VARIANTS.items()}
    assert told_apart["as it is"] == before
    assert sum(one == before for one in told_apart.values()) == 2
    assert frozen.policy_fingerprint(load_policy()) == before


def test_the_charts_have_a_title_a_description_and_a_table_beside_them():
    page = PAGE.read_text(encoding="utf-8")
    drawn = sorted((ROOT / "docs/images").glob("struggle-*.svg"))
    assert len(drawn) == 3
    for path in drawn:
        svg = ElementTree.parse(path).getroot()
        named = {element.get("id"): element.text for element in svg if element.get("id")}
        assert svg.get("role") == "img"
        assert [bool(named[name]) for name in (svg.get("aria-labelledby") or "").split()] == [True, True]
        assert f"(images/{path.name})" in page


def test_a_figure_beyond_the_axis_is_written_at_its_end():
    lines = [charts.Line("far", Figure(9.0, 8.0, 12.0)), charts.Line("near", Figure(1.0, 0.5, 3.0))]
    drawn = list(ElementTree.fromstring(charts.intervals("x", "A & B", "…", lines, bound=1, most=2)).iter())
    assert "9 →" in [element.text for element in drawn]
    (dot,) = [element for element in drawn if element.tag.endswith("circle")]
    assert float(dot.get("cx") or 0) == (charts.LEFT + charts.WIDTH - charts.RIGHT) / 2
    assert f"H{charts.WIDTH - charts.RIGHT}.0" in [element.get("d", "")[-6:] for element in drawn]


def test_what_a_form_would_mute_is_weighed_by_prevalence():
    totals = Counter({"calm": 10, "troubled": 10, "calm.fired.B1": 1, "troubled.fired.B1": 5})
    assert arms.fired(totals, "B1", 0.2) == pytest.approx(0.8 * 0.1 + 0.2 * 0.5)
