"""Template tags of the room `trust`."""
