"""What changes in a page, why, and how to undo it."""
