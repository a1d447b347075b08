"""Template tags of the adaptation room."""
