"""Commands of the room `handoff`."""
