"""Read how to reach a person from what they typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accessform.answers.contacts import parse_email, parse_phone
from accessform.answers.refusals import Raw, Refused

NAME_MAX = 120
ADDRESS_MAX = 300
FIELDS = ("name", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What was typed, what it means, and which fields were refused: field → name of the error's text."""

    typed: dict[str, str]
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_contact(
    posted: Mapping[str, str], *, needs_phone: bool = False, needs_address: bool = False
) -> ContactDetails:
    """Return the details in `posted`; a phone number or an e-mail address is enough unless `needs_phone`.

    Where to come (`address`) is read only where somebody comes.
    """
    typed = {field: str(posted.get(field, ""))[:500] for field in FIELDS}
    errors: dict[str, str] = {}
    name = _one_line(typed["name"])
    if not name:
        errors["name"] = "handoff.error_name_missing"
    elif len(name) > NAME_MAX:
        errors["name"] = "handoff.error_name_long"
    phone = _read(parse_phone, typed["phone"], "phone", errors)
    email = _read(parse_email, typed["email"], "email", errors)
    if needs_phone and not typed["phone"].strip():
        errors["phone"] = "handoff.error_phone_missing"
    elif not typed["phone"].strip() and not typed["email"].strip():
        errors["phone"] = "handoff.error_reach_missing"
    address = _read_address(typed["address"], errors) if needs_address else ""
    return ContactDetails(typed, name, phone, email, address, errors)


def _read_address(typed: str, errors: dict[str, str]) -> str:
    address = _one_line(typed)
    if not address:
        errors["address"] = "handoff.error_visit_missing"
    elif len(address) > ADDRESS_MAX:
        errors["address"] = "handoff.error_visit_long"
    return address


def _one_line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _read(parse: Callable[[Raw], str], typed: str, name: str, errors: dict[str, str]) -> str:
    """Return the canonical value; an empty field is no value, a refused one is noted in `errors`."""
    if not typed.strip():
        return ""
    try:
        return parse({"": [typed]})
    except Refused:
        errors[name] = f"handoff.error_{name}_invalid"
        return ""
