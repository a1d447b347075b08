"""Numbers with a key: bank account, establishment, social security."""

import re

from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from accessform.answers.refusals import Raw, Refused, first
from accessform.answers.texts import clean

_SEPARATORS = re.compile(r"[\s.\-/]")


def _compact(raw: Raw) -> str:
    return _SEPARATORS.sub("", clean(first(raw))).upper()


def parse_iban(raw: Raw) -> str:
    """Read an IBAN with or without spaces; the key is checked."""
    number = _compact(raw).removeprefix("IBAN").lstrip(":")
    if number[:2].isdigit():
        raise Refused("iban_country")
    if number.startswith("FR") and len(number) != 27:
        raise Refused("iban_length", count=len(number))
    try:
        return str(stdnum_iban.validate(number))
    except InvalidChecksum as error:
        raise Refused("iban_key") from error
    except (InvalidLength, InvalidFormat, InvalidComponent) as error:
        raise Refused("iban_invalid") from error


def parse_siret(raw: Raw) -> str:
    """Read the 14 digits of an establishment; a SIREN alone is told apart."""
    number = _compact(raw)
    if not number.isascii() or not number.isdigit():
        raise Refused("siret_invalid")
    if len(number) == 9 and stdnum_siren.is_valid(number):
        raise Refused("siret_is_siren")
    if len(number) != 14:
        raise Refused("siret_length", count=len(number))
    try:
        return str(stdnum_siret.validate(number))
    except ValidationError as error:
        raise Refused("siret_key") from error


def parse_nir(raw: Raw) -> str:
    """Read a social security number with its key, Corsica (2A, 2B) included."""
    number = _compact(raw)
    if not re.fullmatch(r"\d{5}(?:\d\d|2[AB])\d*", number) and not number.isdigit():
        raise Refused("nir_characters")
    if len(number) == 13:
        raise Refused("nir_without_key")
    if len(number) != 15:
        raise Refused("nir_length", count=len(number))
    try:
        return str(stdnum_nir.validate(number))
    except InvalidChecksum as error:
        raise Refused("nir_key") from error
    except ValidationError as error:
        raise Refused("nir_characters") from error
