"""Pictures with their truth beside, and `paraph inspect` of one of them."""

import glob
import json
import os
import re
import subprocess
import unicodedata


def load(folder):
    """[(path, truth)] of what tools/specimen wrote there, sorted."""
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        picture = next((path[:-5] + end for end in (".jpg", ".png", ".jpeg")
                        if os.path.exists(path[:-5] + end)), None)
        if not picture:
            continue
        out.append((picture, truth_of(picture)))
    return out


def truth_of(picture):
    """What its generator knows; zones as texts."""
    with open(os.path.splitext(picture)[0] + ".json",
              encoding="utf-8") as file:
        truth = json.load(file)
    truth["lines"] = [line["text"] if isinstance(line, dict) else line
                      for line in truth.get("lines", [])]
    truth.setdefault("level", "?")
    truth.setdefault("flaws", [])
    return truth


def run(command, **options):
    """What it says, milliseconds of processor, megabytes at most."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, **options)
    said = child.stdout.read()
    child.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return (said, 1000 * (usage.ru_utime + usage.ru_stime),
            usage.ru_maxrss / 1024)


def command_of(program):
    return [program] + (["inspect"] if os.path.basename(program) == "paraph"
                        else [])


def inspect(program, picture, side):
    """Its answer, milliseconds of processor, megabytes at most."""
    said, spent, memory = run(command_of(program) + [
        "--json", "--side", side, picture])
    return json.loads(said), spent, memory


def inspect_card(program, front, back):
    """Its checks of both sides together, each told once."""
    said, _, _ = run(command_of(program) + [
        "--json", "--front", front, "--back", back])
    return [c for one in json.loads(said) for c in one["checks"]]


def fold(text):
    """Capitals and digits alone, without accents."""
    text = text.translate(str.maketrans("łŁøØđĐ", "lLoOdD"))
    text = "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))
    return re.sub("[^A-Z0-9]", "", text.upper())


def printed_truth(truth, name):
    """What stands in the print; None for a side without this field."""
    if name not in truth.get("fields", {}):
        return None
    if name in ("birth", "expiry"):
        return truth["person"][name]
    value = truth["fields"][name]
    return value["text"] if isinstance(value, dict) else value
