"""After sending: what the service asks for, and what is corrected, kept beside the original."""
