"""The policy as this installation can keep it: a help that it cannot give is never proposed. Rooms above say which."""

from collections.abc import Callable
from dataclasses import replace

from accessform.adaptation.policy_file import Policy, load_policy
from accessform.adaptation.state import Adaptation

_needs: dict[Adaptation, Callable[[], bool]] = {}


def register(adaptation: Adaptation, is_available: Callable[[], bool]) -> None:
    """Have `is_available` say, whenever it is asked, whether this installation can give a help."""
    _needs[adaptation] = is_available


def can_give(adaptation: Adaptation) -> bool:
    """Tell whether this installation can give a help; true where nobody said what it needs."""
    return _needs.get(adaptation, lambda: True)()


def installed_policy() -> Policy:
    """Return the policy of the file, without the helps that cannot be given here."""
    return replace(load_policy(), withheld=frozenset(help_ for help_ in _needs if not can_give(help_)))
