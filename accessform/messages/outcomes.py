"""How an attempt to send may fail: what is known afterwards decides what may be done next."""


class NotTaken(Exception):
    """It certainly did not leave: trying again later doubles nothing. The message never holds an address."""


class Refused(Exception):
    """It certainly did not leave and never will: a number or an address that nobody has."""


class InDoubt(Exception):
    """It may have left: the answer was lost, or was cut."""
