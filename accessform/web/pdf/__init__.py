"""Documents set with typst: the fonts that ship, texts that those can print, compiling."""
