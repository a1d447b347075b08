"""How well difficulty is noticed, measured on invented people: `make struggle-figures`. Never loaded while serving."""
