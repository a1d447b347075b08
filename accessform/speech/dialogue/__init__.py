"""One dialogue for the screen and the voice: what was heard, where it leads. Pure."""
