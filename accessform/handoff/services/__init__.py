"""What the room does: list slots, book, move, cancel, find again, ask to be called back, erase."""
