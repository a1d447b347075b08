"""Cells that a spreadsheet will not run."""


def harmless(value: str) -> str:
    """Keep a spreadsheet from running a value as a formula (OWASP, CSV injection); a phone number stays one."""
    return f"'{value}" if value[:1] in "=-@\t\r" or (value[:1] == "+" and not value[1:].isdigit()) else value
