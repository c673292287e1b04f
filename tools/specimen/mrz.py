"""Machine-readable zones: check digits, transliteration, the lines of each
format (ICAO 9303 parts 3 to 6, and the French card of 1988 to 2021).

The forms written here are those the issuing states really use, which is why
Germany is `D<<` and why long Belgian and Portuguese numbers overflow.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
WEIGHTS = (7, 3, 1)

SPECIAL = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE",
    "Ü": "UE", "Þ": "TH", "Ð": "D", "Đ": "D", "Ł": "L", "ß": "SS",
    "ẞ": "SS", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "ı": "I", "İ": "I",
    "Ĳ": "IJ", "Ŀ": "L",
    "'": "", "’": "", ".": "", "-": "<", " ": "<",
}


def value(char):
    """Weight value of one MRZ character; `<` counts as zero."""
    return 0 if char == "<" else ALPHABET.index(char)


def check_digit(text):
    """Check digit of a string of MRZ characters."""
    total = sum(value(c) * WEIGHTS[i % 3] for i, c in enumerate(text))
    return str(total % 10)


def fold(text):
    """A printed name as the MRZ writes it."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        upper = SPECIAL.get(char, SPECIAL.get(char.upper()))
        if upper is None:
            upper = unicodedata.normalize("NFD", char.upper())[0]
        out.append(upper)
    return "".join(out)


def names(surname, given, width):
    """`SURNAME<<GIVEN`, cut or filled to width."""
    return (fold(surname) + "<<" + fold(given)).ljust(width, "<")[:width]


def pad(text, width):
    return text.ljust(width, "<")[:width]


def split_long(number, fills=False):
    """Nine-character field, check position and overflow of a number. Some
    Belgian series reckon the digit with the filler counted in."""
    if len(number) <= 9:
        field = pad(number, 9)
        return field, check_digit(field), ""
    counted = number[:9] + "<" + number[9:] if fills else number
    return number[:9], "<", number[9:] + check_digit(counted) + "<"


def td3(d):
    """Passport: two lines of 44."""
    first = "P" + d.get("subtype", "<") + d["issuer"]
    first += names(d["surname"], d["given"], 39)
    number = pad(d["number"], 9)
    birth, expiry, optional = d["birth"], d["expiry"], pad(d["optional"], 14)
    number += check_digit(number)
    birth += check_digit(birth)
    expiry += check_digit(expiry)
    if optional.strip("<"):
        optional += check_digit(optional)
    else:       # the standard allows either for an empty field
        optional += d.get("empty_digit", "0")
    second = number + d["nationality"] + birth + d["sex"] + expiry + optional
    return [first, second + check_digit(number + birth + expiry + optional)]


def td2(d):
    """Card of 105 x 74 mm: two lines of 36."""
    first = d["code"] + d["issuer"] + names(d["surname"], d["given"], 31)
    number, digit, rest = split_long(d["number"], d.get("overflow_fills"))
    number += digit
    birth = d["birth"] + check_digit(d["birth"])
    expiry = d["expiry"] + check_digit(d["expiry"])
    optional = pad(rest + d["optional"], 7)
    second = number + d["nationality"] + birth + d["sex"] + expiry + optional
    return [first, second + check_digit(number + birth + expiry + optional)]


def td1(d):
    """Card of 86 x 54 mm: three lines of 30."""
    number, digit, rest = split_long(d["number"], d.get("overflow_fills"))
    first = d["code"] + d["issuer"] + number + digit
    first += pad(rest + d["optional"], 15)
    birth = d["birth"] + check_digit(d["birth"])
    expiry = d["expiry"] + check_digit(d["expiry"])
    optional = pad(d.get("optional2", ""), 11)
    second = birth + d["sex"] + expiry + d["nationality"] + optional
    second += check_digit(first[5:] + birth + expiry + optional)
    return [first, second, names(d["surname"], d["given"], 30)]


def fra2(d):
    """Old French card: two lines of 36, dated by its issue, not its expiry."""
    first = "IDFRA" + pad(fold(d["surname"]), 25) + d["office"]
    given = pad(fold(d["given"].replace(" ", "\0")).replace("\0", "<<"), 14)
    second = d["number"] + check_digit(d["number"]) + given
    second += d["birth"] + check_digit(d["birth"]) + d["sex"]
    return [first, second + check_digit(first + second)]


def visa(d, width):
    """Visas: no digit over the whole, and no identity document."""
    first = "V<" + d["issuer"] + names(d["surname"], d["given"], width - 5)
    number, birth, expiry = pad(d["number"], 9), d["birth"], d["expiry"]
    second = number + check_digit(number) + d["nationality"]
    second += birth + check_digit(birth) + d["sex"]
    second += expiry + check_digit(expiry)
    return [first, pad(second + d["optional"], width)]


def mrva(d):
    """Large visa: two lines of 44."""
    return visa(d, 44)


def mrvb(d):
    """Small visa: two lines of 36."""
    return visa(d, 36)


LINES = {"td3": td3, "td2": td2, "td1": td1, "fra2": fra2,
         "mrva": mrva, "mrvb": mrvb}
