"""Commands of the room `adaptation`."""
