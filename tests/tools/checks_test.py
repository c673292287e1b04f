#!/usr/bin/env python3
"""The checkers take what is right and refuse what is not."""
import os
import subprocess
import sys
import tempfile
import unittest

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "..", "..", "tools")


class Checks(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.root.cleanup()

    def run_on(self, tool, files):
        for name, text in files.items():
            path = os.path.join(self.root.name, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([sys.executable, os.path.join(TOOLS, tool),
                               self.root.name], capture_output=True,
                              text=True, check=False)
        return done.returncode, done.stdout

    def accepts(self, tool, files):
        status, said = self.run_on(tool, files)
        self.assertEqual(status, 0, said)

    def refuses(self, tool, files, why):
        status, said = self.run_on(tool, files)
        self.assertEqual(status, 1, said)
        self.assertIn(why, said)

    TABLE = "/* ROW(name, number): a table. Sorted. */\n"

    def test_takes_a_flat_sorted_table(self):
        self.accepts("check-tables", {"src/a/a.def": self.TABLE +
                     'ROW(apple, 1)\nROW(pear, "a, (b")\n'})

    def test_refuses_a_table_without_heading(self):
        self.refuses("check-tables", {"src/a/a.def": "ROW(apple, 1)\n"},
                     "does not begin with a comment")

    def test_refuses_a_row_the_heading_does_not_name(self):
        self.refuses("check-tables", {"src/a/a.def": self.TABLE +
                     "OTHER(apple, 1)\n"}, "does not name the columns")

    def test_refuses_a_row_with_another_number_of_columns(self):
        self.refuses("check-tables", {"src/a/a.def": self.TABLE +
                     "ROW(apple)\n"}, "has 1 columns")

    def test_refuses_rows_out_of_order(self):
        self.refuses("check-tables", {"src/a/a.def": self.TABLE +
                     "ROW(pear, 1)\nROW(apple, 1)\n"}, "out of order")

    def test_sorts_by_the_columns_the_heading_says(self):
        heading = "/* ROW(name, path): sorted by path, then name */\n"
        self.accepts("check-tables", {"src/a/a.def": heading +
                     'ROW(pear, "/a")\nROW(apple, "/b")\n'})

    def test_refuses_code_in_a_table(self):
        self.refuses("check-tables", {"src/a/a.def": self.TABLE +
                     "ROW(apple, 1)\nint x;\n"}, "neither a row")

    def test_refuses_a_schema_that_is_not_compiled_in(self):
        table = {"src/a/a.def": self.TABLE, "schema/0001_a.sql": "",
                 "schema/0002_b.sql": ""}
        build = "src/store/meson.build"
        self.refuses("check-tables", {**table, build:
                     "'../../schema/0001_a.sql'"}, "0002_b.sql")
        self.refuses("check-tables", {**table, build:
                     "'../../schema/0002_b.sql', '../../schema/0001_a.sql'"},
                     "their order")
        self.accepts("check-tables", {**table, build:
                     "'../../schema/0001_a.sql', '../../schema/0002_b.sql'"})

    def test_takes_an_include_along_the_arrows(self):
        self.accepts("check-layers", {"src/flow/f.c":
                     '#include "flow/f.h"\n#include "base/buf.h"\n'})

    def test_refuses_an_include_against_the_arrows(self):
        self.refuses("check-layers", {"src/base/b.c":
                     '#include "flow/f.h"\n'}, "may not include flow/f.h")
        self.refuses("check-layers", {"src/signer/s.c":
                     '#include "store/store.h"\n'}, "may not include store")

    def test_main_of_one_program_sees_its_own_folder_only(self):
        self.accepts("check-layers", {"src/main/web.c":
                     '#include "web/http.h"\n'})
        self.refuses("check-layers", {"src/main/web.c":
                     '#include "vision/still/still.h"\n'}, "may not include")

    def test_refuses_a_library_outside_its_place(self):
        self.refuses("check-layers", {"src/flow/f.c":
                     "#include <sqlite3.h>\n"}, "may not know <sqlite3.h>")

    def test_refuses_a_folder_without_a_row(self):
        self.refuses("check-layers", {"src/stray/s.c": "\n"}, "has no row")

    def test_takes_short_functions(self):
        self.accepts("check-length", {"src/a/a.c":
                     "int\nf(void)\n{\n" + "\tx();\n" * 100 + "}\n"})

    def test_refuses_a_long_function(self):
        self.refuses("check-length", {"src/a/a.c":
                     "int\nf(void)\n{\n" + "\tx();\n" * 101 + "}\n"},
                     "a function of 101 lines")

    def test_refuses_a_long_file(self):
        self.refuses("check-length", {"src/a/a.h": "\n" * 801},
                     "801 lines")

    SETTING = 'KEY(web, listen, TEXT, "a", "s", "where")\n'

    def check_setting(self, verdict, reader, *why):
        verdict("check-conf", {"src/base/conf.def": self.SETTING,
                               reader: "f(CONF_web_listen);\n"}, *why)

    def test_takes_a_setting_that_its_program_reads(self):
        self.check_setting(self.accepts, "src/main/supervisor.c")

    def test_refuses_a_setting_that_nobody_reads(self):
        self.check_setting(self.refuses, "src/web/x_test.c",
                           "nobody reads it")

    def test_refuses_a_reader_that_is_not_given_the_setting(self):
        self.check_setting(self.refuses, "src/web/x.c",
                           "its programs are not given it")


class Countries(unittest.TestCase):
    """What check-country says of a country in a tree of its own."""

    SPECIMEN = (
        'heading = "ATLAND / \u10d0\u10d1"\npaper = ["#fff"]\ninks = ["#fff"]\n'
        'title = "#000"\nmotifs = ["rays"]\npoints = 5\n'
        'date = "DD MON YYYY"\nmonths = "jan"\nsexes = ["F", "M"]\n'
        'nationality = "XXA"\n'
        '[labels]\nsurname = "Eftirnavn"\nexpiry = "Gilda til:"\n' +
        "".join('%s = "\u10d0"\n' % name for name in (
            "given nationality birth sex place issue number personal "
            "authority height address").split()) +
        '[people]\nsurnames = ["\u00d8re"]\nwomen = ["\u00c6sa"]\n'
        'men = ["Bo"]\ntowns = ["By"]\nauthority = "AA"\n'
        '[passport]\nword = "FERDABREV"\nlayout = "passport_left"\n'
        'number = "@#*"\n'
        '[residence_permit]\nword = "DVALARBREV"\n')
    TABLES = {
        "src/ident/countries.def": 'COUNTRY(XXA, "XA", "Atland", "Atlande")\n',
        "src/ident/documents.def": "",
        "src/vision/print/layouts.def":
            '/* \n */\nSIGN(XXA, "ATLAND")\nSIGN(XXC, "CELAND")\n'
            'LAST("DVALARBREV")\n',
        "src/vision/print/alphabets.def":
            '/* \n */\nALPHABET(XXA, "\u00c6\u00d8")\n',
        "src/vision/print/months.def": '/* \n */\nMONTH(1, "JAN")\n',
        "src/vision/print/numbers.def": "/* \n */\n",
        "src/vision/print/titles.def":
            '/* \n */\nTITLE(passport, "FERDABREV")\n',
        "src/vision/print/labels.def":
            '/* words\n */\nLABEL(expiry, "GILDA TIL")\n'
            'LABEL(surname, "EFTIRNAVN")\n',
        "tools/specimen/countries/XXA.toml": SPECIMEN}

    def said(self, changed, *options, table="labels"):
        with tempfile.TemporaryDirectory() as root:
            for name, text in {**self.TABLES, **changed}.items():
                path = os.path.join(root, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            done = subprocess.run(
                [sys.executable, os.path.join(TOOLS, "check-country"),
                 "--root", root, *options, "XXA"],
                capture_output=True, text=True, check=False)
            with open(os.path.join(
                    root, "src/vision/print/%s.def" % table),
                    encoding="utf-8") as file:
                return done.returncode, done.stdout, file.read()

    def lacks(self, changed, why):
        status, said, _ = self.said(changed)
        self.assertEqual(status, 1, said)
        self.assertIn(why, said)

    def adds(self, table, before, after):
        """From a table's rows before to those after, and is content then."""
        name = "src/vision/print/%s.def" % table
        status, said, text = self.said({name: "/* \n */\n" + before}, "--add",
                                       table=table)
        self.assertEqual((status, text), (0, "/* \n */\n" + after), said)
        self.assertEqual(self.said({name: text})[0], 0)

    def test_a_country_that_has_all_lacks_nothing(self):
        status, said, _ = self.said({})
        self.assertEqual(status, 0, said)
        self.assertNotIn("lacks", said)
        self.assertIn('NUMBER(XXA, passport, "A9X")', said)
        self.assertIn("DOCUMENT(XXA, passport", said)

    def test_what_a_specimen_leaves_out_is_told(self):
        name = "tools/specimen/countries/XXA.toml"
        for line, why in (('title = "#000"\n', "title = ..., a text"),
                          ('men = ["Bo"]\n', "men = ..., a list"),
                          ('layout = "passport_left"\n', "layout = ..."),
                          ("[passport]", "[passport] or [identity_card]"),
                          ('surname = "Eftirnavn"\n', "in [labels]")):
            self.lacks({name: self.SPECIMEN.replace(line, "")}, why)
        self.lacks({name: 'titel = "x"\n' + self.SPECIMEN},
                   "nothing reads titel")

    def test_a_country_without_a_row_has_its_zones_refused(self):
        self.lacks({"src/ident/countries.def": ""}, "zones of it are refused")

    def test_an_accent_that_its_row_leaves_out_is_told(self):
        self.lacks({"src/vision/print/alphabets.def":
                    'ALPHABET(XXA, "\u00d8")\n'}, "names have \u00c6")

    def test_a_label_that_names_another_field_is_told(self):
        self.lacks({"src/vision/print/labels.def": '/* */\nLABEL(expiry, '
                    '"EFTIRNAVN")\nLABEL(expiry, "GILDA TIL")\n'},
                   "names expiry, here it is surname")

    def test_a_sign_of_another_country_is_noted(self):
        _, said, _ = self.said({"src/vision/print/layouts.def": '/* \n */\n'
                                'SIGN(XXC, "FERDABREV")\n'})
        self.assertIn('"FERDABREV" is a sign of XXC', said)

    def test_a_heading_without_a_sign_is_not_added(self):
        self.lacks({"src/vision/print/layouts.def": "",
                    "tools/specimen/countries/XXA.toml":
                    self.SPECIMEN.replace("ATLAND /", "AT /")},
                   "its heading has none")

    def test_rows_that_are_lacking_are_added_each_in_its_place(self):
        self.adds("labels", 'LABEL(surname, "ZZ")\nLABEL(surname, "AA")\n',
                  'LABEL(expiry, "GILDA TIL")\nLABEL(surname, "EFTIRNAVN")\n'
                  'LABEL(surname, "ZZ")\nLABEL(surname, "AA")\n')
        self.adds("layouts", 'SIGN(XXB, "BELAND")\n\nLAST("ZULU")\n',
                  'SIGN(XXA, "ATLAND")\nSIGN(XXB, "BELAND")\n\n'
                  'LAST("DVALARBREV")\nLAST("ZULU")\n')
        self.adds("alphabets", 'ALPHABET(XXB, "")\n',
                  'ALPHABET(XXA, "\u00c6\u00d8")\nALPHABET(XXB, "")\n')
        self.adds("months", 'MONTH(9, "MEAN")\nMONTH(2, "FEB")\n',
                  'MONTH(9, "MEAN")\nMONTH(1, "JAN")\nMONTH(2, "FEB")\n')
        self.adds("titles", "", 'TITLE(passport, "FERDABREV")\n')


if __name__ == "__main__":
    unittest.main()
