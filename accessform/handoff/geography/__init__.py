"""Where communes and postal codes are, without any network; data/README.md says whence."""

from accessform.handoff.geography.distances import Point, measure_km
from accessform.handoff.geography.origins import Origin, find_origin

__all__ = ["Origin", "Point", "find_origin", "measure_km"]
