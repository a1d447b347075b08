"""Files of places that others publish, read row by row: what is taken, what is mended, what is refused. Pure."""
