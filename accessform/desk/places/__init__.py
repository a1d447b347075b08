"""A place's administrators: what they see, what they change, and what a change would bring, said before it is saved."""
