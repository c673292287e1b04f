"""Specimens of the standard, line for line."""

import unittest

import mrz

ANNA = {"surname": "Eriksson", "given": "Anna Maria", "issuer": "UTO",
        "nationality": "UTO", "birth": "740812", "sex": "F",
        "expiry": "120415", "code": "I<", "optional": ""}


class Lines(unittest.TestCase):

    def test_a_passport_matches_the_standard(self):
        d = dict(ANNA, number="L898902C3", optional="ZE184226B")
        self.assertEqual(mrz.td3(d), [
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10"])

    def test_a_td2_card_matches_the_standard(self):
        self.assertEqual(mrz.td2(dict(ANNA, number="D23145890")), [
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
            "D231458907UTO7408122F1204159<<<<<<<6"])

    def test_a_td1_card_matches_the_standard(self):
        self.assertEqual(mrz.td1(dict(ANNA, number="D23145890")), [
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"])

    def test_a_long_number_overflows(self):
        d = dict(ANNA, number="D23145890734", birth="340712", sex="M",
                 expiry="950712")
        self.assertEqual(mrz.td1(d)[:2], [
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "3407127M9507122UTO<<<<<<<<<<<2"])

    def test_a_long_number_may_count_its_filler(self):
        d = dict(ANNA, number="D23145890735", birth="340712", sex="M",
                 expiry="950712", overflow_fills=True)
        digit = mrz.check_digit("D23145890<735")
        self.assertEqual(mrz.td1(d)[0],
                         "I<UTOD23145890<735%s<<<<<<<<<<<" % digit)
        self.assertNotEqual(digit, mrz.check_digit("D23145890735"))

    def test_an_empty_field_has_a_nought_or_a_filler_for_digit(self):
        d = dict(ANNA, number="HA672242")
        self.assertEqual(mrz.td3(d)[1][28:43], "<" * 14 + "0")
        self.assertEqual(mrz.td3(dict(d, empty_digit="<"))[1][28:43],
                         "<" * 15)

    def test_visas_match_the_standard(self):
        d = dict(ANNA, issuer="XXX", nationality="XXX", expiry="961210",
                 number="L8988901C")
        self.assertEqual(mrz.mrva(dict(d, optional="6ZE184226B"))[1],
                         "L8988901C4XXX7408122F96121096ZE184226B<<<<<<")
        self.assertEqual(mrz.mrvb(d)[1],
                         "L8988901C4XXX7408122F9612109<<<<<<<<")

    def test_an_old_french_card_has_its_own_layout(self):
        d = {"surname": "Martin", "given": "Jean Paul", "office": "75P012",
             "number": "150375100042", "birth": "800229", "sex": "M"}
        self.assertEqual(mrz.fra2(d), [
            "IDFRAMARTIN<<<<<<<<<<<<<<<<<<<75P012",
            "1503751000420JEAN<<PAUL<<<<8002295M4"])

    def test_dutch_and_turkish_letters_are_written_out(self):
        self.assertEqual(mrz.fold("Ĳsbrandij"), "IJSBRANDIJ")
        self.assertEqual(mrz.fold("Işıl İbrahim"), "ISIL<IBRAHIM")

    def test_letters_outside_the_alphabet_are_written_out(self):
        self.assertEqual(mrz.fold("Zoé Åsa"), "ZOE<AASA")
        self.assertEqual(mrz.fold("O'Connor-Łukß"), "OCONNOR<LUKSS")


if __name__ == "__main__":
    unittest.main()
