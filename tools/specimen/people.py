"""Invented people, with the diacritics that real registers hold, and the
numbering habits of each issuing state."""

import datetime

import mrz

TODAY = datetime.date(2026, 11, 1)      # what the generator takes for now

# state: names in three columns (surnames, women, men), towns, authority
STATES = {
    "UTO": ("Lindqvist Ångström Vérité Übelhör Ørsted",
            "Zoé_Åsa Maëlle Ingrid_Élise", "Jürgen Åke_Noël Søren",
            "Zenith Port-Améthyste Ålvik", "Registry of Utopia"),
    "FRA": ("Lefèvre Dupré-Moreau Gaçon Bézier Hélias Nuñès",
            "Chloé Anaïs Françoise_Léa Noémie", "Jérôme Loïc François_René",
            "Besançon Nîmes Épinal", "Préfecture 99"),
    "DEU": ("Müller Groß Jäger Schönfeld Weiß Krüger-Voß",
            "Käthe Jördis_Anna Sabine", "Jörg Günther Björn_Lukas",
            "Köln Würzburg Gießen", "Stadt Musterstadt"),
    "ESP": ("Núñez_Peña Ibáñez_García Muñoz_López Güell_Ríos",
            "Begoña María_José Inés", "Íñigo José_Ángel Martín",
            "Logroño Cáceres Ávila", "DGP-99Z9"),
    "ITA": ("D'Amico Lo_Presti Forlì Nicolò-Bassi De_Sanctis",
            "Mariù Giosuè_Anna Chiara", "Niccolò Cosimo Giosuè",
            "Forlì Cantù Mondovì", "Comune di Esempio"),
    "BEL": ("Van_den_Broeck Peeters Maréchal D'Hooghe Noël",
            "Maïté Griet Éléonore", "Loïc Joël_Pieter Wout",
            "Liège Gent Ath", "Specimenstad"),
    "POL": ("Łukasiewicz Żółkiewska Świątek Dąbrowski Gołąb",
            "Małgorzata Bożena Róża_Łucja", "Paweł Łukasz Michał",
            "Łódź Gdańsk Wrocław", "Prezydent Miasta"),
    "PRT": ("Conceição Simões_Araújo Magalhães Fragão_Brás",
            "Inês Conceição_Luísa Mónica", "João Simão_André Tomé",
            "Évora Guimarães Fátima", "Conservatória 99"),
}
CODE = {"DEU": "D<<"}


def one(rng, values):
    return values.split()[int(rng.integers(0, len(values.split())))] \
        .replace("_", " ")


def digits(rng, count):
    return "".join(map(str, rng.integers(0, 10, count)))


def letters(rng, count, chars="CFGHJKLMNPRTVWXYZ"):
    return "".join(chars[i] for i in rng.integers(0, len(chars), count))


def number(rng, state, kind):
    """A document number in the manner of the state."""
    if kind == "fra2":
        return None
    if state == "DEU":
        return letters(rng, 1) + letters(rng, 8, "0123456789CFGHJKLMNPRTVWXYZ")
    if state == "BEL" and kind == "td1":
        first = digits(rng, 10)
        return first + "%02d" % (int(first) % 97 or 97)
    if state == "PRT" and kind == "td1":
        return digits(rng, 9) + "ZZ" + digits(rng, 1)
    return letters(rng, {"POL": 3, "ESP": 3}.get(state, 2)) + \
        digits(rng, {"POL": 6, "ESP": 6}.get(state, 7))


def optional(rng, state, kind):
    """What the state writes into the optional data, invented."""
    if kind == "td1" and state == "ESP":
        return digits(rng, 8) + letters(rng, 1)
    if kind == "td3" and state == "UTO":
        return "ZE" + digits(rng, 6) + "B"
    return ""


def day(rng, first, last):
    span = (last - first).days
    return first + datetime.timedelta(int(rng.integers(0, span)))


def later(date, years):
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def dates(rng, kind, expired):
    """Birth, issue and expiry; an expired document is expired by far."""
    birth = day(rng, datetime.date(1950, 1, 1), datetime.date(1996, 1, 1))
    if kind == "fra2":      # valid 15 years, though 10 were printed
        first = datetime.date(2004 if expired else 2014, 2, 1)
        issue = day(rng, first, later(first, 6))
        return birth, issue, later(issue, 15)
    first = datetime.date(2018 - 8 * expired, 1, 1)
    last = datetime.date(2026 - 11 * expired, 1, 1)
    issue = day(rng, first, last)
    return birth, issue, later(issue, 10)


def short(date):
    return date.strftime("%y%m%d")


def person(rng, state, kind, expired=False):
    """All that is printed on one document."""
    surnames, women, men, towns, authority = STATES[state]
    sex = "MF"[int(rng.integers(0, 2))]
    birth, issue, expiry = dates(rng, kind, expired)
    return {
        "kind": kind, "country": state, "sex": sex,
        "surname": one(rng, surnames),
        "given": one(rng, women if sex == "F" else men),
        "birth_date": birth, "issue_date": issue, "expiry_date": expiry,
        "birth_place": one(rng, towns), "authority": authority,
        "number": number(rng, state, kind),
        "optional": optional(rng, state, kind),
        "height": "%d,%02d m" % divmod(int(rng.integers(152, 198)), 100),
        "can": digits(rng, 6), "office": digits(rng, 3),
    }


def mrz_fields(p):
    """The same person in the words of mrz.py."""
    code = CODE.get(p["country"], p["country"])
    return {
        "code": "I<" if p["country"] in ("UTO", "POL", "PRT") else
                "C<" if p["country"] == "ITA" else "ID",
        "issuer": code, "nationality": code, "sex": p["sex"],
        "surname": p["surname"], "given": p["given"],
        "birth": short(p["birth_date"]), "expiry": short(p["expiry_date"]),
        "number": p["number"], "optional": p["optional"],
        "office": p["office"] + "001",
    }


def finish(rng, p):
    """Numbers that depend on the dates."""
    if p["kind"] == "fra2" and not p["number"]:
        p["number"] = p["issue_date"].strftime("%y%m") + p["office"] + \
            digits(rng, 5)
    return p


def lines(p):
    return mrz.LINES[p["kind"]](mrz_fields(p))
