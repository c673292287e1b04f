"""The issuing countries, one file each under countries/, and the arrangements
they name from layouts.toml."""

import functools
import glob
import os
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENTS = {"passport": "td3", "identity_card": "td1",
             "residence_permit": "td1", "old_card": "td2",
             "french_card": "fra2", "visa_large": "mrva",
             "visa_small": "mrvb"}
# Those that a seed draws when no country is asked for. A fixed list: one more
# would give every seed another page, and figures could not be repeated.
# Countries that came later are drawn by name.
BY_SEED = ("BEL BGR CHE CZE DEU ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA "
           "LUX NLD NOR POL PRT ROU SWE TUR UKR UTO").split()
# drawn for every country, whether its file speaks of it or not
GENERAL = {
    "residence_permit": {"layout": "permit", "number": "@@#######",
                         "word": "RESIDENCE PERMIT", "code": "IR",
                         "barcodes": []},
    "visa_large": {"layout": "visa_large", "number": "@########",
                   "word": "VISA"},
    "visa_small": {"layout": "visa_small", "number": "@########",
                   "word": "VISA"},
}


def load(name):
    with open(os.path.join(HERE, name), "rb") as file:
        return tomllib.load(file)


@functools.lru_cache(maxsize=None)
def layouts():
    return load("layouts.toml")


@functools.lru_cache(maxsize=None)
def table():
    """Code: facts, in the order of the alphabet."""
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, "countries/*.toml"))):
        code = os.path.basename(path)[:-5]
        found[code] = {"code": code, **load(path)}
    return found


@functools.lru_cache(maxsize=None)
def words(code):
    """All that a country's file says, to see which letters it needs."""
    return str(table()[code])


def documents(code):
    """Documents that a country issues here."""
    return [name for name in DOCUMENTS
            if name in table()[code] or name in GENERAL]


def alike(layout):
    """The arrangements that could stand for this one; with a ghost portrait
    only for one with a ghost portrait."""
    family = layout.split("_")[0]
    return [name for name, facts in layouts().items()
            if name.split("_")[0] == family != "visa" and
            ("ghost" in facts) == ("ghost" in layouts()[layout])]


@functools.lru_cache(maxsize=None)
def model(code, document, layout=None):
    """Everything about one document of one country: its arrangement, changed
    by what the country's file says; or another arrangement of its kind, as
    an earlier model might have had."""
    country = table()[code]
    own = {**GENERAL.get(document, {}), **country.get(document, {})}
    facts = {"numbered": False, "barcodes": [], "optional": "",
             "optional2": "", "code": "I<", "chip": "none", "ghost": None,
             "signature": None, "back": [], "motifs": country["motifs"],
             **{k: country[k] for k in ("paper", "inks", "title", "date")},
             **layouts()[layout or own["layout"]], **own}
    facts["labels_text"] = {**country["labels"],
                            **own.get("label", {})}
    return facts
