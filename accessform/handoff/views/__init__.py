"""The pages of the hand-off; none of them needs JavaScript."""
