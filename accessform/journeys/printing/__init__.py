"""Printed documents: tagged PDF made by typst from data, never from source that a person wrote."""
