"""The page of each kind of document, in the manner of real layouts but of our
own drawing, with SPECIMEN in small print away from every field."""

import numpy as np
from PIL import Image, ImageDraw

import guilloche
import portrait
from canvas import Canvas

TITLES = {
    "UTO": "UTOPIA", "FRA": "RÉPUBLIQUE FRANÇAISE", "ESP": "ESPAÑA",
    "DEU": "BUNDESREPUBLIK DEUTSCHLAND", "ITA": "REPUBBLICA ITALIANA",
    "BEL": "BELGIË / BELGIQUE", "POL": "RZECZPOSPOLITA POLSKA",
    "PRT": "REPÚBLICA PORTUGUESA",
}
# the word for passport, for identity card, and the labels of the country
PASSPORT = dict(UTO="PASSPORT / PASSEPORT", FRA="PASSEPORT / PASSPORT",
                DEU="REISEPASS / PASSPORT", ESP="PASAPORTE / PASSPORT",
                ITA="PASSAPORTO / PASSPORT", BEL="PASPOORT / PASSEPORT",
                POL="PASZPORT / PASSPORT", PRT="PASSAPORTE / PASSPORT")
CARD = dict(UTO="IDENTITY CARD / CARTE D'IDENTITÉ",
            FRA="CARTE NATIONALE D'IDENTITÉ / IDENTITY CARD",
            DEU="PERSONALAUSWEIS / IDENTITY CARD",
            ESP="DOCUMENTO NACIONAL DE IDENTIDAD",
            ITA="CARTA DI IDENTITÀ / IDENTITY CARD",
            BEL="IDENTITEITSKAART / CARTE D'IDENTITÉ",
            POL="DOWÓD OSOBISTY / IDENTITY CARD",
            PRT="CARTÃO DE CIDADÃO / IDENTITY CARD")
LABELS = {      # surname, given, nationality, birth, sex, place, issue,
                # expiry, authority, number, height, signature
    "UTO": "Surname/Nom|Given names/Prénoms|Nationality/Nationalité|"
           "Date of birth/Date de naissance|Sex/Sexe|"
           "Place of birth/Lieu de naissance|Date of issue/Délivré le|"
           "Date of expiry/Expire le|Authority/Autorité|No./N°|"
           "Height/Taille|Signature",
    "FRA": "Nom/Surname|Prénoms/Given names|Nationalité/Nationality|"
           "Date de naissance/Date of birth|Sexe/Sex|"
           "Lieu de naissance/Place of birth|Délivré le/Date of issue|"
           "Expire le/Date of expiry|Autorité/Authority|N°/No.|"
           "Taille/Height|Signature",
    "DEU": "Name/Surname|Vornamen/Given names|"
           "Staatsangehörigkeit/Nationality|Geburtsdatum/Date of birth|"
           "Geschlecht/Sex|Geburtsort/Place of birth|Ausgestellt/Issued|"
           "Gültig bis/Date of expiry|Behörde/Authority|Nr./No.|"
           "Größe/Height|Unterschrift",
    "ESP": "Apellidos/Surname|Nombre/Given names|Nacionalidad/Nationality|"
           "Fecha de nacimiento/Date of birth|Sexo/Sex|"
           "Lugar de nacimiento/Place of birth|Emisión/Date of issue|"
           "Validez/Date of expiry|Autoridad/Authority|Núm./No.|"
           "Altura/Height|Firma",
    "ITA": "Cognome/Surname|Nome/Given names|Cittadinanza/Nationality|"
           "Data di nascita/Date of birth|Sesso/Sex|"
           "Luogo di nascita/Place of birth|Emissione/Date of issue|"
           "Scadenza/Date of expiry|Autorità/Authority|N./No.|"
           "Statura/Height|Firma",
    "BEL": "Naam/Nom|Voornamen/Prénoms|Nationaliteit/Nationalité|"
           "Geboortedatum/Date de naissance|Geslacht/Sexe|"
           "Geboorteplaats/Lieu de naissance|Afgifte/Délivré le|"
           "Vervalt op/Expire le|Overheid/Autorité|Nr./N°|"
           "Lengte/Taille|Handtekening",
    "POL": "Nazwisko/Surname|Imiona/Given names|Obywatelstwo/Nationality|"
           "Data urodzenia/Date of birth|Płeć/Sex|"
           "Miejsce urodzenia/Place of birth|Data wydania/Date of issue|"
           "Termin ważności/Date of expiry|Organ/Authority|Nr/No.|"
           "Wzrost/Height|Podpis",
    "PRT": "Apelidos/Surname|Nomes/Given names|Nacionalidade/Nationality|"
           "Data de nascimento/Date of birth|Sexo/Sex|"
           "Local de nascimento/Place of birth|Emissão/Date of issue|"
           "Validade/Date of expiry|Autoridade/Authority|N.º/No.|"
           "Altura/Height|Assinatura",
}
NAMES = ("surname given nationality birth sex place issue expiry authority "
         "number height signature").split()
NATION = dict(UTO="Utopian", FRA="Française", DEU="DEUTSCH", ESP="Española",
              ITA="Italiana", BEL="Belg / Belge", POL="POLSKIE",
              PRT="Portuguesa")
THEMES = (
    {"tints": ((214, 226, 238), (238, 220, 222), (232, 236, 220)),
     "inks": ((120, 160, 190), (196, 140, 150)), "title": (38, 58, 110)},
    {"tints": ((236, 224, 206), (214, 228, 214), (240, 234, 214)),
     "inks": ((150, 170, 130), (200, 160, 110)), "title": (86, 48, 30)},
    {"tints": ((222, 216, 236), (212, 232, 234), (236, 228, 236)),
     "inks": ((150, 136, 190), (120, 176, 178)), "title": (62, 36, 92)},
    {"tints": ((210, 232, 222), (236, 230, 210), (226, 236, 232)),
     "inks": ((110, 170, 146), (190, 166, 120)), "title": (20, 80, 62)},
)


def labels(p):
    return dict(zip(NAMES, (text.replace("/", " / ") for text in
                            LABELS[p["country"]].split("|"))))


def capitals(text):
    return text.replace("ß", "ẞ").upper()


def dmy(date):
    return date.strftime("%d.%m.%Y")


def printed_number(p):
    """Portuguese cards space their number out."""
    n = p["number"]
    spaced = p["country"] == "PRT" and len(n) == 12
    return "%s %s %s" % (n[:8], n[8], n[9:]) if spaced else n


def long_date(date, country):
    """Dates as the country prints them."""
    if country in ("FRA", "ESP", "POL", "PRT"):
        return date.strftime("%d %m %Y")
    if country == "UTO":
        return date.strftime("%d %b %Y").upper()
    return dmy(date)


def signature(canvas, rng, p, x, y, width):
    """A hand's scribble, `width` mm long."""
    t = np.linspace(0, 1, 160)
    wave = sum(rng.uniform(0.2, 1) * np.sin(
        2 * np.pi * f * t + rng.uniform(0, 6)) for f in (2, 5, 7, 9))
    px = (x + width * t + 0.9 * np.cos(2 * np.pi * 6 * t)) * canvas.scale
    py = (y - wave * (1.5 - t) * 0.9) * canvas.scale
    ImageDraw.Draw(canvas.image).line(
        list(zip(px, py)), (24, 26, 70), max(1, canvas.px(0.22)), "curve")


def emblem(canvas, x, y, size, colour):
    """A star in a ring, no state's."""
    draw = ImageDraw.Draw(canvas.image)
    cx, cy, r = x * canvas.scale, y * canvas.scale, size * canvas.scale / 2
    pen = max(1, canvas.px(0.25))
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), None, colour, pen)
    turns = [np.pi * k / 8 for k in range(16)]
    points = [(cx + (0.85 if k % 2 else 0.36) * r * np.sin(a),
               cy - (0.85 if k % 2 else 0.36) * r * np.cos(a))
              for k, a in enumerate(turns)]
    draw.polygon(points, colour)


def chip(canvas, x, y, size=12):
    """The contact plate of a card."""
    draw = ImageDraw.Draw(canvas.image)
    box = [canvas.px(v) for v in (x, y, x + size, y + size * 0.82)]
    draw.rounded_rectangle(box, canvas.px(1.4), (206, 178, 106),
                           (150, 124, 62), max(1, canvas.px(0.15)))
    for k in (0.33, 0.66):
        yy = canvas.px(y + size * 0.82 * k)
        draw.line((box[0], yy, box[2], yy), (150, 124, 62), canvas.px(0.15))
    draw.rounded_rectangle([canvas.px(v) for v in (
        x + size * 0.34, y + size * 0.2, x + size * 0.66, y + size * 0.62)],
        canvas.px(0.8), (212, 186, 118), (150, 124, 62), canvas.px(0.15))


def begin(width, height, scale, p, rng):
    canvas = Canvas(width, height, scale)
    theme = THEMES[sum(map(ord, p["country"])) % len(THEMES)]
    guilloche.draw(canvas, rng, theme)
    return canvas, theme


def specimen(canvas, x, y, colour, times):
    """Small print that says what this is; never over a field."""
    text = "   ".join(["SPECIMEN", "NO DOCUMENT"] * times)
    canvas.text(x, y, text, 1.4, "bold", colour)


def faces(canvas, p, x, y, width, ghost):
    """The portrait, and its pale twin at ghost = (x, y, width)."""
    face = p["face"]
    canvas.paste(face, x, y, width, portrait.cutout(face, 0.97))
    grey = Image.merge("RGB", [face.convert("L")] * 3)
    canvas.paste(grey, *ghost, portrait.cutout(face, 0.3))
    canvas.portrait = [x, y, x + width, y + width * 45 / 35]


def band(canvas, height):
    """The plain pale ground below the printed part, for the MRZ."""
    top = canvas.px(canvas.height - height)
    w, h = canvas.image.size
    zone = canvas.image.crop((0, top, w, h))
    pale = Image.new("RGB", zone.size, (244, 243, 240))
    canvas.image.paste(Image.blend(zone, pale, 0.6), (0, top))


def td3(p, rng, scale):
    """The data page of a passport, 125 x 88 mm."""
    c, theme = begin(125, 88, scale, p, rng)
    band(c, 23)
    word, country = labels(p), p["country"]
    emblem(c, 8.6, 7, 7, theme["title"])
    c.text(15, 6.4, TITLES[country], 3.6, "serif", theme["title"])
    c.text(15, 10.4, PASSPORT[country], 2.6, "serif", theme["title"])
    specimen(c, 71, 3.4, theme["title"], 2)
    faces(c, p, 5, 15, 33, (100, 33, 20))
    code = "D" if country == "DEU" else country
    c.labelled("type", 42, 13.6, "Type", "P", 2.8)
    c.labelled("code", 54, 13.6, "Code", code, 2.8)
    c.labelled("number", 90, 13.6, "Passport " + word["number"],
               p["number"], 3.4)
    c.labelled("surname", 42, 20.6, word["surname"], capitals(p["surname"]))
    c.labelled("given", 42, 27.4, word["given"], p["given"])
    c.labelled("nationality", 42, 34.2, word["nationality"], NATION[country])
    c.labelled("birth", 42, 41, word["birth"],
               long_date(p["birth_date"], country))
    c.labelled("sex", 42, 47.6, word["sex"], p["sex"], 3)
    c.labelled("place", 60, 47.6, word["place"], p["birth_place"], 3)
    c.labelled("issue", 42, 54, word["issue"],
               long_date(p["issue_date"], country), 3)
    c.labelled("authority", 72, 54, word["authority"], p["authority"], 2.6)
    c.labelled("expiry", 42, 60.2, word["expiry"],
               long_date(p["expiry_date"], country), 3)
    signature(c, rng, p, 8, 61, 24)
    c.mrz(p["lines"], 6.3, (72.2, 78.55))
    return c


def facing(p, rng, scale):
    """The page above the data page of an open passport."""
    c, theme = begin(125, 88, scale, p, rng)
    c.text(12, 14, PASSPORT[p["country"]], 3, "serif", theme["title"])
    c.text(12, 80, "2", 3, "serif", theme["title"])
    specimen(c, 12, 20, theme["title"], 3)
    emblem(c, 84, 48, 30, theme["inks"][0])
    fold = Image.linear_gradient("L").resize((c.px(125), c.px(7)))
    c.image.paste((70, 60, 60), (0, c.px(81)), fold.point(lambda v: v // 2))
    return c


def td2(p, rng, scale):
    """A card of 105 x 74 mm with its zone on the front."""
    c, theme = begin(105, 74, scale, p, rng)
    band(c, 19)
    word, country = labels(p), p["country"]
    emblem(c, 7.5, 6.4, 6, theme["title"])
    c.text(13, 5.6, TITLES[country], 3.2, "serif", theme["title"])
    c.text(13, 9, CARD[country], 2.2, "serif", theme["title"])
    specimen(c, 58, 3, theme["title"], 2)
    faces(c, p, 4, 13, 28, (86, 27, 15))
    c.labelled("number", 80, 8, word["number"], p["number"], 3)
    c.labelled("surname", 36, 15, word["surname"], capitals(p["surname"]), 3)
    c.labelled("given", 36, 21.4, word["given"], p["given"], 3)
    c.labelled("birth", 36, 27.8, word["birth"],
               long_date(p["birth_date"], country), 3)
    c.labelled("sex", 36, 34.2, word["sex"], p["sex"], 2.8)
    c.labelled("nationality", 52, 34.2, word["nationality"],
               NATION[country], 2.8)
    c.labelled("place", 36, 40.4, word["place"], p["birth_place"], 2.8)
    c.labelled("expiry", 36, 46.6, word["expiry"],
               long_date(p["expiry_date"], country), 2.8)
    c.labelled("authority", 66, 46.6, word["authority"], p["authority"], 2.4)
    signature(c, rng, p, 72, 43, 20)
    c.mrz(p["lines"], 6.5, (60.4, 66.75))
    return c


def fra2(p, rng, scale):
    """The old French card: 105 x 74 mm, its own labels and zone."""
    c, theme = begin(105, 74, scale, p, rng)
    band(c, 19)
    c.text(34, 5, TITLES["FRA"], 2.8, "serif", theme["title"])
    c.text(34, 9.4, "CARTE NATIONALE D'IDENTITÉ N°", 2.1, "bold",
           theme["title"])
    c.field("number", 72, 9.5, p["number"], 2.7)
    specimen(c, 36, 53.2, theme["title"], 3)
    faces(c, p, 4, 9, 27, (86, 26, 15))
    for name, x, y, label, text in (
            ("surname", 34, 15.5, "Nom :", capitals(p["surname"])),
            ("given", 34, 22.2, "Prénom(s) :",
             p["given"].replace(" ", ", ")),
            ("sex", 34, 28.9, "Sexe :", p["sex"]),
            ("birth", 54, 28.9, "Né(e) le :", dmy(p["birth_date"])),
            ("place", 34, 35.6, "à :", p["birth_place"]),
            ("height", 34, 42.3, "Taille :", p["height"])):
        c.label(x, y, label)
        c.field(name, x + 13, y + 0.6, text, 2.9, "plain")
    c.label(34, 48, "Signature du titulaire :")
    signature(c, rng, p, 58, 48, 20)
    c.mrz(p["lines"], 6.5, (60.4, 66.75))
    return c


def td1_front(p, rng, scale):
    """The front of a card, 85.6 x 54 mm."""
    c, theme = begin(85.6, 53.98, scale, p, rng)
    word, country = labels(p), p["country"]
    c.text(13, 4.6, TITLES[country], 2.6, "serif", theme["title"])
    c.text(13, 7.6, CARD[country], 1.9, "serif", theme["title"])
    emblem(c, 7.6, 5, 5, theme["title"])
    specimen(c, 31, 52.4, theme["title"], 2)
    faces(c, p, 3.6, 11.5, 24, (70, 26, 12))
    c.labelled("surname", 31, 12.2, word["surname"],
               capitals(p["surname"]), 2.7)
    c.labelled("given", 31, 17.8, word["given"], p["given"], 2.7)
    c.labelled("sex", 31, 23.4, word["sex"], p["sex"], 2.5)
    c.labelled("nationality", 51, 23.4, word["nationality"], code_of(p), 2.5)
    c.labelled("birth", 31, 28.8, word["birth"],
               long_date(p["birth_date"], country), 2.5)
    c.labelled("place", 31, 34.2, word["place"], p["birth_place"], 2.5)
    c.labelled("number", 31, 39.6, word["number"], printed_number(p), 2.6)
    c.labelled("expiry", 31, 45.2, word["expiry"],
               long_date(p["expiry_date"], country), 2.5)
    c.field("can", 70, 50, p["can"], 2.5)
    signature(c, rng, p, 6, 47.6, 18)
    return c


def code_of(p):
    return "D" if p["country"] == "DEU" else p["country"]


def td1_back(p, rng, scale):
    """The back of a card with its three lines."""
    c, theme = begin(85.6, 53.98, scale, p, rng)
    band(c, 22)
    word = labels(p)
    chip(c, 8, 8)
    c.labelled("height", 32, 6, word["height"], p["height"], 2.4)
    c.labelled("issue", 52, 6, word["issue"],
               long_date(p["issue_date"], p["country"]), 2.4)
    c.labelled("authority", 32, 12, word["authority"], p["authority"], 2.4)
    specimen(c, 30, 20, theme["title"], 2)
    emblem(c, 76, 18, 9, theme["inks"][0])
    step = p.get("spacing", 6.0)
    last = 53.98 - 4.6
    c.mrz(p["lines"], 4.7, (last - 2 * step, last - step, last))
    return c


SIDES = {"td3": {"page": td3}, "td2": {"front": td2}, "fra2": {"front": fra2},
         "td1": {"front": td1_front, "back": td1_back}}
