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

    TABLES = {
        "src/ident/countries.def": 'COUNTRY(XXA, "XA", "Atland", "Atlande")\n',
        "src/ident/documents.def": "",
        "src/vision/print/layouts.def": 'SIGN(XXA, "ATLAND")\n',
        "src/vision/print/alphabets.def": 'ALPHABET(XXA, "\u00c6\u00d8")\n',
        "src/vision/print/months.def": 'MONTH(1, "JAN")\n',
        "src/vision/print/labels.def": '/* words */\nLABEL(expiry, "GILDA TIL")\n'
                                 'LABEL(surname, "EFTIRNAVN")\n',
        "tools/specimen/countries/XXA.toml":
            'heading = "ATLAND"\ndate = "DD MON YYYY"\nmonths = "jan"\n'
            '[labels]\nsurname = "Eftirnavn"\nexpiry = "Gilda til:"\n'
            '[people]\nsurnames = ["\u00d8re"]\nwomen = ["\u00c6sa"]\n'}

    def said(self, changed, *options):
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
            with open(os.path.join(root, "src/vision/print/labels.def"),
                      encoding="utf-8") as file:
                return done.returncode, done.stdout, file.read()

    def lacks(self, changed, why):
        status, said, _ = self.said(changed)
        self.assertEqual(status, 1, said)
        self.assertIn(why, said)

    def test_a_country_that_has_all_lacks_nothing(self):
        status, said, _ = self.said({})
        self.assertEqual(status, 0, said)
        self.assertNotIn("lacks", said)

    def test_each_row_that_is_missing_is_told(self):
        self.lacks({"src/vision/print/layouts.def": ""}, "SIGN(XXA")
        self.lacks({"src/vision/print/alphabets.def": ""}, "ALPHABET(XXA")
        self.lacks({"src/vision/print/alphabets.def":
                    'ALPHABET(XXA, "\u00d8")\n'}, "names have \u00c6")
        self.lacks({"src/vision/print/months.def": ""}, "MONTH(1")
        self.lacks({"src/ident/countries.def": ""}, "zones of it are refused")

    def test_a_label_that_names_another_field_is_told(self):
        self.lacks({"src/vision/print/labels.def": '/* */\nLABEL(expiry, '
                    '"EFTIRNAVN")\nLABEL(expiry, "GILDA TIL")\n'},
                   "names expiry, here it is surname")

    def test_rows_of_labels_are_added_in_their_place(self):
        _, said, table = self.said(
            {"src/vision/print/labels.def": '/* words */\nLABEL(surname, "ZZ")\n'
             'LABEL(surname, "AA")\n'}, "--add")
        self.assertIn("2 rows", said)
        self.assertEqual(table, '/* words */\nLABEL(expiry, "GILDA TIL")\n'
                         'LABEL(surname, "AA")\nLABEL(surname, "EFTIRNAVN")\n'
                         'LABEL(surname, "ZZ")\n')


if __name__ == "__main__":
    unittest.main()
