"""Template tags of the room `speech`."""
