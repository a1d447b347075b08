"""What a text states, family by family, and what differs between two texts; equivalences are data in data/fr/facts."""
