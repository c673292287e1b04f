"""Invented people, with the scripts and diacritics that real registers hold,
and the numbering habits of each issuing state."""

import datetime

import countries
import mrz
from splits import one

TODAY = datetime.date(2026, 11, 1)      # what the generator takes for now
LETTERS = "CFGHJKLMNPRTVWXYZ"

# holders of residence permits and visas: code, surnames, women, men
STRANGERS = (
    ("MAR", "El_Amrani Benjelloun Aït_Lahcen", "Khadija Nour_Imane",
     "Yassine Driss"),
    ("BRA", "Gonçalves_Brandão Araújo Cruz", "Luíza Thaís", "João_Vítor Caio"),
    ("IND", "Chakraborty Iyer Venkataraman", "Ananya Priya_Lakshmi",
     "Arjun Vikram"),
    ("UKR", "Shevchuk Kovalenko Zhytnyk", "Oksana Yuliia", "Andrii Yevhen"),
    ("SEN", "Ndiaye Diop Mbaye", "Aïssatou Fatou_Bintou", "Ousmane Cheikh"),
    ("VNM", "Nguyễn Trần Đặng", "Thị_Hương Mai", "Văn_Minh Đức"),
    ("TUR", "Yıldırım Öztürk Çağlar", "Ayşe_Gül Işıl", "İbrahim Çağrı"),
    ("USA", "Whitfield O'Rourke St._Clair", "Mary-Ellen Joan",
     "Robert_Lee Miles"),
    ("KOR", "Hwang Seo Namgung", "Eun-ji Hye-won", "Min-jun Do-hyun"),
    ("PER", "Quispe_Mamani Núñez_Huamán", "Rosalía Flor_de_María",
     "César_Augusto Raúl"),
)


def digits(rng, count):
    return "".join(map(str, rng.integers(0, 10, count)))


def letters(rng, count, chars=LETTERS):
    return "".join(chars[i] for i in rng.integers(0, len(chars), count))


def filled(rng, pattern):
    """A number after a pattern: # a digit, @ a letter, * either."""
    make = {"#": "0123456789", "@": LETTERS, "*": "0123456789" + LETTERS}
    return "".join(one(rng, make[c]) if c in make else c for c in pattern)


def belgian(rng, pattern):
    """Twelve digits, the last two the first ten modulo 97."""
    first = digits(rng, 10)
    return first + "%02d" % (int(first) % 97 or 97)


RULES = {"plain": filled, "mod97": belgian}


def words(text):
    return text.replace("_", " ")


def names(rng, country, sex):
    """Surname and given names, each in Latin letters and, where the country
    writes others, as the country writes them (`native=Latin`)."""
    people = country["people"]
    found = {}
    for name, key in (("surname", "surnames"),
                      ("given", "women" if sex == "F" else "men")):
        if name == "surname" and sex == "F" and "surnames_women" in people:
            key = "surnames_women"
        native, _, latin = one(rng, people[key]).rpartition("=")
        found[name], found[name + "_native"] = latin, native
    return found


def stranger(rng, sex):
    code, surnames, women, men = one(rng, STRANGERS)
    return {"surname": words(one(rng, surnames.split())),
            "given": words(one(rng, (women if sex == "F" else men).split())),
            "surname_native": "", "given_native": "", "nationality": code}


def day(rng, first, last):
    return first + datetime.timedelta(int(rng.integers(0, (last - first).days)))


def later(date, years):
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def dates(rng, kind, expired):
    """Birth, issue and expiry; an expired document is expired by far."""
    birth = day(rng, datetime.date(1938, 1, 1), datetime.date(2005, 1, 1))
    if kind == "fra2":      # valid 15 years, though 10 were printed
        first = datetime.date(2004 if expired else 2014, 2, 1)
        issue = day(rng, first, later(first, 6))
        return birth, issue, later(issue, 15)
    first = datetime.date(2018 - 8 * expired, 1, 1)
    last = datetime.date(2026 - 11 * expired, 1, 1)
    issue = day(rng, first, last)
    return birth, issue, later(issue, 10)


def person(rng, code, document, expired=False, sex=None):
    """All that is printed on one document."""
    country, model = countries.table()[code], countries.model(code, document)
    kind = countries.DOCUMENTS[document]
    drawn = one(rng, "MF")
    sex = sex or drawn
    birth, issue, expiry = dates(rng, kind, expired)
    foreign = document in ("residence_permit", "visa_large", "visa_small")
    own = country.get("zone_code", code)
    people = country["people"]
    p = {"kind": kind, "document": document, "country": code, "sex": sex,
         "issuer": own, "nationality": own,
         **(stranger(rng, sex) if foreign else names(rng, country, sex))}
    place = one(rng, people["towns"])
    p.update({
        "birth_date": birth, "issue_date": issue, "expiry_date": expiry,
        "birth_place": place, "authority": people["authority"],
        "number": None if kind == "fra2" else RULES[model.get(
            "rule", "plain")](rng, model["number"]),
        "optional": filled(rng, model["optional"]),
        "optional2": filled(rng, model["optional2"]),
        "personal": filled(rng, model.get("personal", "##########")),
        "height": int(rng.integers(152, 198)),
        "address": "%s %d, %s" % (people.get("street", "Specimen"),
                                  rng.integers(1, 99), place),
        "can": digits(rng, 6), "office": digits(rng, 3),
        "overflow_fills": rng.random() < model.get("overflow_fills", 0),
        "empty_digit": one(rng, "0<"),
    })
    return p


def mrz_fields(p):
    """The same person in the words of mrz.py."""
    model = countries.model(p["country"], p["document"])
    short = lambda date: date.strftime("%y%m%d")  # noqa: E731
    return {
        "code": model["code"], "issuer": p["issuer"],
        "nationality": p["nationality"],
        "sex": "<" if p["sex"] == "X" else p["sex"],
        "surname": p["surname"], "given": p["given"],
        "birth": short(p["birth_date"]), "expiry": short(p["expiry_date"]),
        "number": p["number"], "optional": p["optional"],
        "optional2": p["optional2"], "office": p["office"] + "001",
        "overflow_fills": p["overflow_fills"],
        "empty_digit": p["empty_digit"],
    }


def finish(rng, p):
    """Numbers that depend on the dates."""
    if p["kind"] == "fra2" and not p["number"]:
        p["number"] = p["issue_date"].strftime("%y%m") + p["office"] + \
            digits(rng, 5)
    return p


def lines(p):
    return mrz.LINES[p["kind"]](mrz_fields(p))
