"""French text made ready to be said: every figure, abbreviation and sign becomes words. Pure."""
