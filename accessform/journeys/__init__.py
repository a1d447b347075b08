"""One person's passage through one form, from the first question to the receipt."""
