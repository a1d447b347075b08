"""Drafts of PLAIN and EASY texts from the official one, by reviewed rules; each edit passes the gates or is not made."""
