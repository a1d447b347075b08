"""The screens of a place's administrators, under /guichet/lieux/."""
