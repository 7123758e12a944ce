"""What the programs of others say of the identifiers that forms ask for."""

import datetime
import re

import phonenumbers
from jsonschema import FormatChecker
from phonenumbers import PhoneNumberType
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


def is_credit_code(text: str) -> bool:
    """Whether python-stdnum takes it for a unified social credit code."""
    return uscc.is_valid(text)


def is_resident_number(text: str, today: datetime.date | None = None) -> bool:
    """Whether python-stdnum reads a birth date, not in the future, and the right check character.

    Its table of places is left out: that knows a county only from the year in which it got its code,
    and a code is given to persons who were born before.
    """
    number = ric.compact(text)
    if len(number) != 18 or not (number[:-1].isascii() and number[:-1].isdigit()):
        return False
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return number[-1] == ric.calc_check_digit(number) and born <= (today or datetime.date.today())


def is_mobile_number(text: str) -> bool:
    """Whether phonenumbers takes it for a mobile number of mainland China."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.region_code_for_number(number) == "CN"
        and phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    )


PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"


def is_plate(text: str) -> bool:
    """Whether it looks like a number of an ordinary, new-energy or trailer plate (GA 36)."""
    serial = "[0-9A-HJ-NP-Z]"
    ordinary = rf"(?=(?:.*\d){{3}}){serial}{{5}}"
    small, large = rf"[A-HJK]{serial}\d{{4}}", r"\d{5}[A-HJK]"
    ends = rf"{ordinary}|{small}|{large}|{serial}{{4}}[挂学警港澳]"
    return bool(re.fullmatch(rf"[{PROVINCES}][A-HJ-NP-Z](?:{ends})", text))


def is_vehicle_number(text: str) -> bool:
    """Whether it has the check character of ISO 3779 as the United States and GB 16735 compute it."""
    if not re.fullmatch("[0-9A-HJ-NPR-Z]{17}", text):
        return False
    values = dict(
        zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(
        weight * (values[letter] if letter in values else int(letter))
        for weight, letter in zip(weights, text, strict=True)
    )
    return text[8] == "0123456789X"[total % 11]


def checker() -> FormatChecker:
    """The formats of JSON Schema and those of the project's forms."""
    formats = FormatChecker()
    for name, holds in {
        "uscc": is_credit_code,
        "resident-id": is_resident_number,
        "mobile": is_mobile_number,
        "plate": is_plate,
        "vin": is_vehicle_number,
    }.items():
        formats.checks(name)(lambda value, holds=holds: not isinstance(value, str) or holds(value))
    return formats
