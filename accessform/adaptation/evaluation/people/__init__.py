"""The invented people: cohorts, forms and what happens to them. Frozen: its hash stands in frozen.toml."""
