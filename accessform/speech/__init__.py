"""Voice: texts that are said."""
