"""What the training lines say: names, dates, numbers, labels and places in
the letters of one language at a time, and any characters at all, so that the
network learns glyphs and not a vocabulary."""

import os
import re

from alphabet import GLYPHS, HERE

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"
# what each language writes beyond the basic letters
LANGUAGES = {
    "fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüß", "es": "áéíñóúü",
    "pt": "áâãàçéêíóôõú", "it": "àèéìòù", "nl": "ëïöüé", "sv": "åäö",
    "da": "æøåé", "is": "áéíóúýðþæö", "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű", "ro": "ăâîșț", "hr": "čćđšž", "et": "õäöüšž",
    "lv": "āčēģīķļņšūž", "lt": "ąčęėįšųūž", "mt": "ċġħżàèìòù",
    "tr": "ğıșçöü", "ga": "áéíóú", "en": "", "se": "áčđŋšžŧ", "sq": "çë",
    "cy": "ŵŷâêîôû", "az": "əğıöșüç", "lb": "äëéèïöü", "ca": "àçèéíïòóúü",
    "no": "æøåéòô", "fi": "äöåšž", "sl": "čšž", "fo": "áíóúýæøð",
    "sr": "čćđšž", "tk": "äçňöșüýž", "sw": "ŋœëêôûî",
}
# letters that differ from a commoner one by a pixel or two: drawn thrice as
# often as the language has them
NEAR = set("õőűůěëćġŋğėļņċģķ")
EXTRA = {language: letters + 2 * "".join(c for c in letters if c in NEAR)
         for language, letters in LANGUAGES.items()}
# letters that are told apart by what stands on them, or hangs below
FAMILIES = ("AÀÁÂÃÄÅĀĂĄÆ", "CÇĆČĊ", "DĎĐÐ", "EÈÉÊËĒĚĖĘ", "GĢĠĞ", "HĦ",
            "IÌÍÎÏĪĮİ", "KĶ", "LĽĹĻŁ", "NÑŃŇŅŊ", "OÒÓÔÕÖŐØŒ", "RŔŘ", "SŚŠȘ",
            "TŤȚŦ", "UÙÚÛÜŪŮŰŲ", "YÝŸŶ", "ZŹŽŻ", "WŴ", "EƏÊ", "OÖŐÕ", "UÜŰÚ",
            "BẞS", "IİÍÌ", "EËĚĖÉ", "UŮÚÛ", "CĆČĊ", "GĠĞ")
# other scripts: what looks like a Latin letter is read as that one, the
# others are all read as OTHER
OTHER = "¤"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΆΈΊΌ"
CYRILLIC = ("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄЉЊЋЂЏ"
            "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєљњћђџ")
ALIKE = dict(zip(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοΌόАВЕКМНОРСТУХІЇаеорсухіїјЈ",
    "ABEZHIKMNOPTYXoÓóABEKMHOPCTYXIÏaeopcyxiïjJ"))
LABELS = """
Surname|Given names|Given name(s)|Date of birth|Place of birth|Sex|Nationality
Date of issue|Date of expiry|Authority|Document No.|Passport No|Height|Type
Code|Signature of bearer|Personal No.|Card No|Identity card|Passport|Colour
of eyes|Residence|Remarks|Holder's signature|Nom|Prénoms|Prénom(s)|Né(e) le
Date de naissance|Lieu de naissance|Sexe|Nationalité|Délivré le|Expire le
Date d'expiration|Autorité|N° du document|Passeport n°|Taille|Nom d'usage
épouse|Carte nationale d'identité|République française|Titulaire|Domicile
Name|Vornamen|Geburtsdatum|Geburtstag|Geburtsort|Geschlecht|Größe|Augenfarbe
Staatsangehörigkeit|Ausstellungsdatum|Gültig bis|Behörde|Ausweisnummer
Reisepass|Personalausweis|Bundesrepublik Deutschland|Unterschrift|geb.
Apellidos|Nombre|Fecha de nacimiento|Lugar de nacimiento|Nacionalidad|Sexo
Validez|Emisión|Núm. soporte|Documento nacional de identidad|España
Cognome|Nome|Data di nascita|Luogo di nascita|Cittadinanza|Sesso|Scadenza
Emissione|Rilasciato|Statura|Carta di identità|Repubblica italiana|Comune
Naam|Voornamen|Geboortedatum|Geboorteplaats|Nationaliteit|Geslacht|Geldig tot
Vervalt op|Afgifte|Kaartnummer|Koninkrijk België|Lengte|Nazwisko|Imiona
Data urodzenia|Miejsce urodzenia|Obywatelstwo|Płeć|Termin ważności|Organ
Data wydania|Rzeczpospolita Polska|Dowód osobisty|Apelido(s)|Nome(s) próprio(s)
Data de nascimento|Validade|Nacionalidade|Altura|Cartão de cidadão|Příjmení
Jméno|Datum narození|Místo narození|Platnost do|Státní občanství|Pohlaví
Priezvisko|Meno|Dátum narodenia|Platí do|Családi név|Utónév|Születési idő
Érvényességi idő|Állampolgárság|Nume|Prenume|Data nașterii|Valabilitate
Cetățenie|Efternamn|Förnamn|Födelsedatum|Giltigt till|Medborgarskap|Etternavn
Fornavn|Efternavn|Fødselsdato|Udløbsdato|Sukunimi|Etunimet|Syntymäaika
Viimeinen voimassaolopäivä|Perekonnanimi|Eesnimed|Sünniaeg|Kehtiv kuni
Uzvārds|Vārdi|Dzimšanas datums|Derīga līdz|Pavardė|Vardai|Gimimo data
Galioja iki|Prezime|Ime|Datum rođenja|Vrijedi do|Priimek|Datum rojstva
Velja do|Kunjom|Isem|Data tat-twelid|Tiskadi fi|Soyadı|Adı|Doğum tarihi
Son geçerlilik|Uyruğu|Sloinne|Réamhainmneacha|Dáta breithe|Eftirnafn
Eiginnafn|Fæðingardagur|Gildir til
""".replace("\n", "|").strip("|").split("|")
MONTHS = """JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC JANV FÉV MARS AVR
MAI JUIN JUIL AOÛT SEPT DÉC MÄR OKT DEZ ENE ABR AGO DIC GEN MAG GIU LUG SET OTT
MRT MEI STY LUT KWI CZE LIP SIE WRZ PAŹ LIS GRU MAJ OUT FEV DES IAN NOI SIJ VELJ
January février März aprile junio lipca augustus setembro október december
""".split()


TABLES = os.environ.get("TABLES", os.path.join(HERE, "../../src/vision/print"))


def rows(table, pattern):
    with open(os.path.join(TABLES, table), encoding="utf-8") as file:
        return re.findall(pattern, file.read(), re.M)


PLAIN = rows("labels.def", r'^LABEL\(\w+, "(.*)"\)$')
BEGINS = rows("months.def", r'^MONTH\(\d+, "(.*)"\)$')
# what specimens say of themselves, among names and on their own
SAMPLES = """SPECIMEN MUSTER MUSTERMANN MUSTERFRAU ERIKA MAX MODEL VZOR WZÓR
SAMPLE MUESTRA ESPÉCIMEN PARAUGS PAVYZDYS NÄIDIS MALLI PROV EKSEMPEL MINTA
UZORAK VZOREC FAC-SIMILE UTOPIA ÖRNEK VOORBEELD ESEMPIO""".split()
# what some faces or countries draw for a class
DRAWN = {"ș": "ş", "ț": "ţ", "Ș": "Ş", "Ț": "Ţ", "'": "’", "-": "–",
         "°": "º", "(": "[", ")": "]", ".": "·"}
RARE = {"-": 0.08, "(": 0.1, ")": 0.1, ".": 0.02}


def drawn(text, rng):
    """A text as it is drawn: as long as it, but for glyphs alike."""
    swap = {a: b for a, b in DRAWN.items() if rng.random() < RARE.get(a, 0.5)}
    return "".join(swap.get(c, c) for c in text)


def pick(rng, chars, count=1):
    return "".join(chars[i] for i in rng.integers(0, len(chars), count))


def upper(text):
    return text.replace("ß", "ẞ").replace("i", "İ" if "ğ" in text or
                                          "ı" in text else "i").upper()


def word(rng, language, least=2, most=11):
    """Something pronounceable with the accents of a language."""
    extra, often = EXTRA[language], rng.choice((0.12, 0.25, 0.5))
    count, text = int(rng.integers(least, most)), ""
    vowel = rng.random() < 0.3
    while len(text) < count:
        letter = pick(rng, VOWELS + "y" if vowel else CONSONANTS + "kqx")
        if extra and rng.random() < often:
            letter = pick(rng, extra)
        text += letter
        if rng.random() < 0.1:
            text += letter if letter != "ß" else "s"
        vowel = not vowel if rng.random() < 0.85 else vowel
    return text[:count]


def cased(rng, text):
    """Capitals as on most documents, else a capital in front."""
    if rng.random() < 0.62:
        return upper(text)
    parts = text.split(" ")
    return " ".join("-".join(upper(w[:1]) + w[1:] for w in p.split("-"))
                    for p in parts)


def name(rng):
    language = pick_language(rng)
    words = [word(rng, language) for _ in range(int(rng.integers(1, 4)))]
    text = words[0]
    for other in words[1:]:
        text += (" ", "-", " ", ", ", "'", " ")[int(rng.integers(0, 6))] + \
            other
    if rng.random() < 0.1:
        text = ("de ", "van der ", "d'", "o'", "von ", "di ", "el ")[
            int(rng.integers(0, 7))] + text
    return cased(rng, text)


def pick_language(rng):
    names = list(LANGUAGES)
    return names[int(rng.integers(0, len(names)))]


def month(rng):
    """A month's name, in one language or in two."""
    words = MONTHS[int(rng.integers(0, len(MONTHS)))]
    if rng.random() < 0.2:
        words = BEGINS[int(rng.integers(0, len(BEGINS)))]
    if rng.random() < 0.35:
        sign = ("/", "/", " / ", " /", "/ ", "-", ".")[
            int(rng.integers(0, 7))]
        words += sign + MONTHS[int(rng.integers(0, len(MONTHS)))]
    if rng.random() < 0.3:
        words = words.lower() if rng.random() < 0.5 else words.capitalize()
    return words + "." * (rng.random() < 0.05)


def figures(rng, day, month, year):
    """A date in figures, by the signs and the order of a country."""
    sign = (".", ".", "-", "/", " ", ". ", " / ", "")[int(rng.integers(0, 8))]
    form = "%d" if rng.random() < 0.08 else "%02d"
    parts = [form % day, form % month,
             "%02d" % (year % 100) if rng.random() < 0.12 else "%04d" % year]
    if rng.random() < 0.2:
        parts.reverse()
    return sign.join(parts) + "." * (rng.random() < 0.04)


def date(rng):
    day, number = int(rng.integers(1, 32)), int(rng.integers(1, 13))
    year = int(rng.integers(1925, 2045))
    form = rng.random()
    if form < 0.48:
        return figures(rng, day, number, year)
    if form < 0.54:     # from - to
        return figures(rng, day, number, year) + (" - ", "-", " ", " / ")[
            int(rng.integers(0, 4))] + figures(rng, day, number, year + 10)
    if form < 0.62:     # a place before it, a place after it
        text = figures(rng, day, number, year)
        place = cased(rng, word(rng, pick_language(rng)))
        return text + " " + place if rng.random() < 0.5 else \
            place + " " + text
    year = "%02d" % (year % 100) if rng.random() < 0.25 else "%04d" % year
    sign = " " if rng.random() < 0.8 else ".-/"[int(rng.integers(0, 3))]
    day = "%d" % day if rng.random() < 0.08 else "%02d" % day
    return sign.join((day, month(rng), year))


def number(rng):
    digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    kind, count = rng.random(), int(rng.integers(5, 13))
    if kind < 0.35:
        return pick(rng, letters, int(rng.integers(1, 4))) + \
            pick(rng, digits, count - 2)
    if kind < 0.55:
        return pick(rng, digits, count)
    if kind < 0.8:
        return pick(rng, digits + letters, count)
    parts = [pick(rng, digits if rng.random() < 0.7 else letters,
                  int(rng.integers(1, 5))) for _ in range(4)]
    return pick(rng, " -./ ").join(parts)


def one_label(rng):
    if rng.random() < 0.7:
        return LABELS[int(rng.integers(0, len(LABELS)))]
    text = PLAIN[int(rng.integers(0, len(PLAIN)))]
    return text.capitalize() if rng.random() < 0.7 else text


def label(rng):
    """One language's, or two and three side by side as passports have."""
    count = int(rng.choice((1, 2, 3), p=(0.45, 0.35, 0.2)))
    sign = ("/", " / ", " - ", " ", " . ")[int(rng.integers(0, 5))]
    text = sign.join(one_label(rng) for _ in range(count))
    if rng.random() < 0.15:
        text = ("%d. " % rng.integers(1, 13) if rng.random() < 0.6 else
                "(%s) " % pick(rng, "abcdefgh")) + text
    if rng.random() < 0.03:
        text += " №" if rng.random() < 0.5 else " №:"
    elif rng.random() < 0.2:
        text += (":", " :", ".", " (%d)" % rng.integers(1, 13))[
            int(rng.integers(0, 4))]
    return upper(text) if rng.random() < 0.25 else text


def phrase(rng):
    """Places, offices, heights, whatever else is printed."""
    language = pick_language(rng)
    words = [word(rng, language, 1, 9) for _ in range(rng.integers(1, 5))]
    text = cased(rng, " ".join(words))
    kind = rng.random()
    if kind < 0.2:
        text += " (" + pick(rng, "0123456789", 2) + ")"
    elif kind < 0.35:
        text = pick(rng, "0123456789", int(rng.integers(1, 6))) + " " + text
    elif kind < 0.45:
        text = "1" + pick(rng, ",.") + pick(rng, "0123456789", 2) + " m"
    elif kind < 0.55:
        text = pick(rng, "MFXK") if rng.random() < 0.5 else "M/M F/F"[
            ::1][:int(rng.integers(1, 8))].strip()
    return text


def sample(rng):
    """What specimens say, alone or beside an invented name."""
    text = SAMPLES[int(rng.integers(0, len(SAMPLES)))]
    if rng.random() < 0.5:
        text += " " + upper(word(rng, pick_language(rng)))
    return text if rng.random() < 0.7 else cased(rng, text.lower())


def headings(rng):
    """Labels of two columns read as one line."""
    return label(rng) + " " + label(rng)


def noise(rng):
    """Any characters, those that few words have as often as the others."""
    count = int(rng.integers(2, 16))
    text = pick(rng, GLYPHS[:-1] if rng.random() < 0.6 else GLYPHS[:76], count)
    return " ".join(text.split()) or "x"


def drill(rng):
    """Letters of one or two families, which nothing but their accents tells
    apart, among others."""
    some = "".join(FAMILIES[i] for i in rng.integers(0, len(FAMILIES), 2))
    letters = [pick(rng, some) if rng.random() < 0.55 else
               pick(rng, CONSONANTS + VOWELS)
               for _ in range(int(rng.integers(3, 12)))]
    text = "".join(letters)
    text = upper(text) if rng.random() < 0.6 else \
        upper(text[:1]) + text[1:].replace("İ", "ı").lower()
    if rng.random() < 0.3:
        text += " " + cased(rng, word(rng, pick_language(rng)))
    return text


def entry(rng):
    """A label and its value in one line."""
    value = (name, date, number, phrase)[int(rng.integers(0, 4))](rng)
    sign = (": ", " ", " : ", ". ", "  ")[int(rng.integers(0, 5))]
    return one_label(rng) + sign + value


def foreign(rng):
    """Words in Greek or Cyrillic, often with a Latin one beside."""
    script = GREEK if rng.random() < 0.4 else CYRILLIC
    half = script[:24] if script is GREEK else script[:38]
    words = []
    for _ in range(int(rng.integers(1, 4))):
        count = int(rng.integers(1, 12))
        words.append(pick(rng, half if rng.random() < 0.6 else script,
                          count))
    text = " ".join(words)
    if rng.random() < 0.5:
        other = (label, name, date)[int(rng.integers(0, 3))](rng)
        text += ("/", " / ", " ")[int(rng.integers(0, 3))] + other
    return text


def read(text):
    """What the network is to say to a line that is drawn."""
    text = "".join(ALIKE.get(c, OTHER if c in GREEK + CYRILLIC else c)
                   for c in text)
    return text


KINDS = ((name, 0.25), (date, 0.17), (number, 0.13), (label, 0.13),
         (phrase, 0.06), (noise, 0.07), (drill, 0.08), (entry, 0.04),
         (foreign, 0.03), (sample, 0.02), (headings, 0.02))
FOREIGN = set(GREEK + CYRILLIC)


def line(rng):
    """A text of the alphabet, without blanks at its ends."""
    chance = rng.random()
    for kind, share in KINDS:
        chance -= share
        if chance < 0:
            break
    text = " ".join(kind(rng).split())
    text = text.replace("’", "'").replace("[", "(")
    text = "".join(c for c in text if c in GLYPHS and c != OTHER or
                   c in FOREIGN)
    return " ".join(text.split()) or "0"
