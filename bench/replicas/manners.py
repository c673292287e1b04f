"""What documents do to dates and numbers that the other replicas do not:
further calendars, months in Roman numbers, perforated and upright numbers."""

from PIL import Image, ImageDraw, ImageFont

ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
EPOCH = 1948440     # the Julian day on which 1 AH begins, civil tables


def hijri(date):
    """(year, month, day) by the tables of 30 years."""
    days = date.toordinal() + 1721425 - EPOCH
    year = (30 * days + 10646) // 10631
    first = 354 * (year - 1) + (3 + 11 * year) // 30
    month = min(12, (2 * (days - first) + 59) // 59)
    return year, month, days - first - (59 * (month - 1) + 1) // 2 + 1


def shamsi(date):
    """(year, month, day) of the calendar of Iran, its year begun on the 21st of
    March, which it seldom misses by more than a day."""
    year = date.year - 621 - ((date.month, date.day) < (3, 21))
    days = (date - date.replace(year + 621, 3, 21)).days
    month = days // 31 if days < 186 else 6 + (days - 186) // 30
    first = 31 * month if month <= 6 else 186 + 30 * (month - 6)
    return year, month + 1, days - first + 1


def calendar(date, form):
    """A date's form with what is of another calendar filled in: BBBB the
    Buddhist year, HY HM HD those of the Hijra, SY SM SD those of Iran, RM the
    month in Roman numbers."""
    year, month, day = hijri(date)
    sun = shamsi(date)
    for sign, text in (("SY", "%d" % sun[0]), ("SM", "%02d" % sun[1]),
                       ("SD", "%02d" % sun[2]),
                       ("BBBB", "%d" % (date.year + 543)),
                       ("HY", "%d" % year), ("HM", "%02d" % month),
                       ("HD", "%02d" % day), ("RM", ROMAN[date.month - 1])):
        form = form.replace(sign, text)
    return form


def perforated(page, x, y, text, size):
    """Holes of a laser, seven to eleven rows of them to a letter."""
    face = ImageFont.load_default()
    box = face.getbbox(text)
    dots = Image.new("1", (box[2] + 1, box[3] + 1))
    ImageDraw.Draw(dots).text((0, 0), text, 1, face)
    pitch = size * page.scale / 9
    draw = ImageDraw.Draw(page.image)
    for row in range(dots.height):
        for column in range(dots.width):
            if dots.getpixel((column, row)):
                left = x * page.scale + column * pitch
                low = y * page.scale + (row - dots.height) * pitch
                draw.ellipse((left, low, left + 0.7 * pitch,
                              low + 0.7 * pitch), (70, 66, 60))


def upright(page, x, y, text, size, use, ink):
    """From below to above, beginning at x, y."""
    scale = page.scale
    wide = int(page.measure(text, size, page.faces.get(use, use)) * scale)
    mask = Image.new("L", (wide + 4, int(1.4 * size * scale)))
    page.text(0, size, text, size, use, 255, mask)
    mask = mask.rotate(90, expand=True)
    page.image.paste(ink, (int(x * scale - size * scale),
                           int(y * scale - mask.height)), mask)
