"""From questions to form fields: what each type of question looks like and how it is read."""
