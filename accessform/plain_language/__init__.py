"""Wording: one text at three reading levels."""
