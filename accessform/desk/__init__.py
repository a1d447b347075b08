"""The agent's desk: own appointments of the day, the file shown by consent, filling on together."""
