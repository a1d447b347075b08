"""Commands of the room `speech`."""
