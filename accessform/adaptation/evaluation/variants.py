"""Other tables of points, tried on the tuning half: why the policy is, or is not, another one."""

import copy
import functools
import tomllib
from collections.abc import Callable
from typing import Any

from accessform.adaptation.evaluation.arms import measured
from accessform.adaptation.evaluation.estimates import Measured
from accessform.adaptation.evaluation.people.worlds import Half
from accessform.adaptation.policy_file import POLICY_FILE, Policy, parse_policy

Change = Callable[[dict[str, Any]], None]


def _before(data: dict[str, Any]) -> None:
    """Put back what the version of 22 November, second, said of the server's outcomes."""
    signals = data["signals"]
    kinds = signals["A1"]["points_by_kind"]
    signals["A1"]["points"].update(easy_wording=[0, 3, 4], one_question=[0, 2, 3])
    kinds["missing"] = dict(signals["A1"]["points"])
    kinds["format"].update(tolerant_input=[0, 3, 4], easy_wording=[0, 2, 3])
    kinds["choice"].update(choice_help=[0, 3, 4])
    signals["A2"]["points"].update(easy_wording=[1, 2, 3], one_question=[1, 3, 4])
    signals["A3"].update(outcome=False)
    signals["A3"]["points"].update(easy_wording=[0, 2])
    signals["A4"]["points"].update(step_map=[0, 3], one_question=[0, 2], easy_wording=[0, 1])
    signals["A6"]["points"].update(easy_wording=[1], one_question=[1])


def _counters_before(data: dict[str, Any]) -> None:
    """Put back what it said of the browser's counters."""
    for name, points in (
        ("B1", {"easy_wording": [1, 2], "choice_help": [1], "one_question": [1]}),
        ("B5", {"larger_targets": [1, 2]}),
        ("B6", {"larger_targets": [1], "one_question": [1]}),
        ("B9", {"voice": [2], "tolerant_input": [2]}),
        ("B11", {"easy_wording": [2], "voice": [1]}),
        ("B12", {"choice_help": [2, 3]}),
        ("B13", {"easy_wording": [1], "larger_text": [1]}),
    ):
        data["signals"][name]["points"] = points


def _missing_is_difficulty(data: dict[str, Any]) -> None:
    data["signals"]["A1"]["points_by_kind"]["missing"]["easy_wording"] = [1, 3, 4]


def _choice_is_difficulty(data: dict[str, Any]) -> None:
    data["signals"]["A1"]["points_by_kind"]["choice"]["choice_help"] = [0, 3, 4]


def _format_is_a_slip(data: dict[str, Any]) -> None:
    data["signals"]["A1"]["points_by_kind"]["format"]["tolerant_input"] = [1, 2, 4]


def _first_help(data: dict[str, Any]) -> None:
    data["signals"]["A3"]["points"]["easy_wording"] = [1, 2, 3]


def _second_help_alone(data: dict[str, Any]) -> None:
    data["signals"]["A3"]["points"]["easy_wording"] = [0, 3]


def _first_failure(data: dict[str, Any]) -> None:
    data["signals"]["A2"]["points"].update(easy_wording=[1, 2, 3], one_question=[1, 2, 4])


def _first_return(data: dict[str, Any]) -> None:
    data["signals"]["A4"]["points"].update(step_map=[0, 3], one_question=[0, 2], easy_wording=[0, 1])


def _everything_earlier(data: dict[str, Any]) -> None:
    _missing_is_difficulty(data)
    _choice_is_difficulty(data)
    data["signals"]["A2"]["points"].update(easy_wording=[2, 2, 3], one_question=[2, 3, 4])
    data["signals"]["A3"]["points"]["easy_wording"] = [2, 3]


VARIANTS: dict[str, tuple[Change, bool]] = {
    "as it is": (lambda data: None, False),
    "the version before (2026-11-22.2)": (_before, False),
    "a second refusal for a missing answer gives three points (A1)": (_missing_is_difficulty, False),
    "a second refusal for an answer not picked gives three points (A1)": (_choice_is_difficulty, False),
    "a second refusal for the form of an answer gives two points (A1)": (_format_is_a_slip, False),
    "every first refused send gives a point (A2)": (_first_failure, False),
    "help opened once gives a point (A3)": (_first_help, False),
    "help opened twice on a step is enough alone (A3)": (_second_help_alone, False),
    "a first return gives nothing (A4)": (_first_return, False),
    "everything earlier": (_everything_earlier, False),
    "counters on, as they are": (lambda data: None, True),
    "counters on, with the points of the version before": (_counters_before, True),
}
"""What is changed in the policy's file, and whether counters are told."""


def changed(change: Change) -> Policy:
    """Return the shipped policy with a change."""
    data = copy.deepcopy(tomllib.loads(POLICY_FILE.read_text(encoding="utf-8")))
    change(data)
    return parse_policy(data)


@functools.cache
def tried() -> dict[str, Measured]:
    """Return what is measured of each variant on the tuning half."""
    return measured(
        {name: (changed(change), counters, Half.TUNING, 1) for name, (change, counters) in VARIANTS.items()}
    )
