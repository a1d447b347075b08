"""Commands of the room `trust`."""
