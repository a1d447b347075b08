"""A journey on its first step, for the tests of the policy."""

import pytest

from tests.adaptation.journeys_told import Told


@pytest.fixture
def told() -> Told:
    journey = Told()
    journey.shows("identite")
    return journey
