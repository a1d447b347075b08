"""The desk's pages, under /guichet/."""
