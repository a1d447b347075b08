"""Drafts of PLAIN and EASY texts from the official one by reviewed rules: each edit passes the gates or is not made."""

from accessform.plain_language.drafting.draft import Draft, draft
from accessform.plain_language.drafting.edits import Edit

__all__ = ["Draft", "Edit", "draft"]
