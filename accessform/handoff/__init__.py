"""A person takes over: places, free slots, appointments."""
