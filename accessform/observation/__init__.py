"""What happened: a closed vocabulary of events and the difficulty that they show."""
