"""Showing a file by consent: the desk's door, its readings and mandates, the person's pages."""
