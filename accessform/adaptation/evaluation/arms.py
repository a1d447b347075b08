"""The detectors that are compared, and everything measured of each; computed once."""

import functools
import multiprocessing
import os
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

from accessform.adaptation.evaluation import baselines
from accessform.adaptation.evaluation.estimates import Measured, Totals, quantile
from accessform.adaptation.evaluation.measures import (
    USUAL,
    Journeys,
    Runs,
    counted,
    journeys,
    runs,
    within_two_failures,
)
from accessform.adaptation.evaluation.people.worlds import Half
from accessform.adaptation.evaluation.running import run
from accessform.adaptation.policy_file import Policy, load_policy

SAMPLED = 3
"""One journey in so many for the ablations, which run the policy once for each family."""
ALLOWED_FALSE = 0.05


@functools.cache
def told(half: Half = Half.HELD_OUT, every: int = 1) -> Journeys:
    """Return the journeys of a half."""
    return journeys(half, every=every)


def policy_runs(policy: Policy, *, counters: bool, half: Half = Half.HELD_OUT, every: int = 1) -> Runs:
    """Run a policy over the journeys of a half."""
    return runs(told(half, every), lambda journey: run(journey, policy, counters=counters))


Arm = tuple[Policy, bool, Half, int]
"""A policy, whether counters are told, on which half, one journey in so many."""


def measured(arms: Mapping[str, Arm]) -> dict[str, Measured]:
    """Return what is measured of several policies, run on all cores; their scores are not weighed."""
    for _, _, half, every in arms.values():
        told(half, every)  # made once, before the processes part
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=os.cpu_count() or 1, mp_context=context) as pool:
        return dict(zip(arms, map(Measured, pool.map(_totals, arms.values())), strict=True))


def _totals(arm: Arm) -> list[Totals]:
    """Return the totals of each world for one policy."""
    policy, counters, half, every = arm
    return counted(runs(told(half, every), lambda journey: run(journey, policy, counters=counters, weighing=False)))


@functools.cache
def server_runs() -> Runs:
    """Return the shipped policy's runs on what the server sees by itself."""
    return policy_runs(load_policy(), counters=False)


@functools.cache
def counter_runs() -> Runs:
    """Return the shipped policy's runs where everybody switched the counters on."""
    return policy_runs(load_policy(), counters=True)


@functools.cache
def server() -> Measured:
    """Return what is measured of the server's outcomes alone: the product as it comes."""
    return Measured(counted(server_runs()))


@functools.cache
def with_counters() -> Measured:
    """Return what is measured where everybody switched the counters on."""
    return Measured(counted(counter_runs()))


@functools.cache
def muted_signals() -> tuple[str, ...]:
    """Return the signals that fire in more journeys than the muting share, one person in five in difficulty."""
    totals, limit = with_counters().totals, load_policy().file.muting.over_percent / 100
    return tuple(signal for signal in load_policy().rules if fired(totals, signal) > limit)


def fired(totals: Totals, signal: str, prevalence: float = USUAL) -> float:
    """Return the share of journeys in which a signal fires, at a prevalence."""
    calm = totals[f"calm.fired.{signal}"] / totals["calm"]
    return prevalence * totals[f"troubled.fired.{signal}"] / totals["troubled"] + (1 - prevalence) * calm


@functools.cache
def with_counters_muted() -> Measured:
    """Return the same with the signals muted that the product would mute."""
    return measured({"muted": (load_policy().muting(muted_signals()), True, Half.HELD_OUT, 1)})["muted"]


@functools.cache
def late() -> Measured:
    """Return who gets from the server alone, two failures later, what counters brought."""
    return Measured(within_two_failures(counter_runs(), server_runs()))


@functools.cache
def gain() -> Measured:
    """Return, world by world, how much larger the ROC area is with counters than without."""
    worlds = []
    for more, less in zip(counted(counter_runs()), counted(server_runs()), strict=True):
        difference = more["areas.roc"] - less["areas.roc"]
        worlds.append(Counter({"areas": 1, "areas.gain": difference}))
    return Measured(worlds)


@functools.cache
def simple_rules() -> dict[str, Measured]:
    """Return what is measured of each simple rule."""
    calm = server().totals
    shown = [len(baselines.pages(one)) for of_world in told() for one in of_world if not one.person.needs]
    chance = calm["calm.offers"] / sum(shown)
    rules = {
        "never": baselines.never,
        "a proposal on every page": baselines.always,
        "at random, as often as the policy": baselines.at_random(chance),
        "first refused send": baselines.first_error,
        "second refused send of a step": baselines.failed_submits,
        f"a page open for {slow_page():.0f} s": baselines.time_out(slow_page()),
    }
    return {name: Measured(counted(_rule_runs(rule))) for name, rule in rules.items()}


def _rule_runs(rule: baselines.Rule) -> Runs:
    """Run a simple rule over all journeys."""
    return runs(told(), lambda journey: baselines.run_rule(journey, rule))


@functools.cache
def slow_page() -> float:
    """Return the seconds that one untroubled journey in twenty of the tuning half passes on some page."""
    calm = [one for of_world in told(Half.TUNING) for one in of_world if not one.person.needs]
    return round(quantile(sorted(baselines.longest_page(one) for one in calm), 1 - ALLOWED_FALSE))


@functools.cache
def ablations(*, counters: bool) -> dict[str, Measured]:
    """Return what is measured without each family of evidence, on one journey in three; « all » with every family."""
    policy = load_policy()
    families: dict[str, list[str]] = {"all": []}
    for name, rule in policy.rules.items():
        if name.startswith("B") == counters:
            families.setdefault(rule.family, []).append(name)
    return measured(
        {family: (policy.muting(muted), counters, Half.HELD_OUT, SAMPLED) for family, muted in families.items()}
    )
