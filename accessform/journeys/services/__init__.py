"""What journeys do."""
