"""The figures that docs/figures.md promises, measured afresh: `make bench`."""
