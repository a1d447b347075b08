"""Views of the room `trust`."""
