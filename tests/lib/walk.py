"""One registration walked through the public HTTP interface: as the workspace
that asks, as the participant, step by step. For the demo and the tests."""
import os
import re
import time

from client import Client, newest, wait_for

NAME = "Zoé Åsa Lindqvist"
PHONE = "+33600000001"
PICTURE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "specimens",
                       "demo_passport.jpg")


class Walk:
    def __init__(self, url, key, outbox, email, name=NAME, phone=PHONE):
        self.url, self.outbox, self.email = url, outbox, email
        self.name, self.phone = name, phone
        self.started = time.time() - 1
        self.api, self.person = Client(url, key), Client(url)
        self.path = None

    def ask(self, level):
        self.registration = self.api.call("POST", "/v1/registrations", {
            "applicant": self.email, "level": level, "fullname": self.name,
            "fullname_type": "suggestion", "phone_number": self.phone})
        return self.registration

    def open(self):
        mail = wait_for("the invitation", lambda: newest(
            self.outbox, "eml", self.email, self.started))
        token = re.search(r"/r#(\S+)", mail).group(1)
        self.path = "/v1/session/" + self.person.call(
            "POST", "/v1/session", {"token": token})["id"]

    def session(self):
        return self.person.call("GET", self.path)

    def act(self, path, body=None):
        return self.person.call("POST", self.path + path, body or {})

    def identify(self):
        self.act("/name", {"fullname": self.name, "accept": True})
        self.act("/phone-code", {"phone_number": self.phone})
        sms = wait_for("the SMS", lambda: newest(
            self.outbox, "sms", self.phone, self.started))
        self.act("/phone-code/check", {"code": re.search(r"\b(\d{6})\b", sms).group(1)})
        self.act("/consent", {"sha256": self.session()["consent"]["sha256"]})
        terms = self.person.call("GET", self.path + "/agreement")
        self.act("/agreement", {"sha256": terms["sha256"]})

    def show(self, country, kind, **pictures):
        """Pictures by side, as files; each must be read."""
        self.act("/document", {"country": country, "kind": kind})
        for side, file in pictures.items():
            with open(file, "rb") as picture:
                self.person.call("POST", "%s/document/%s" % (self.path, side),
                                 picture.read(), "image/jpeg")
            read = wait_for("the reading", lambda: self.picture(side))
            if read["state"] != "read":
                raise AssertionError("the %s was turned back: %s" % (side, read["reasons"]))

    def picture(self, side):
        for one in self.session()["document"]["pictures"]:
            if one["side"] == side and one["state"] in ("read", "retake"):
                return one
        return None

    def complete(self):
        self.act("/complete")

    def decided(self):
        """The session once it is no longer being checked."""
        def probe():
            session = self.session()
            return session if session["state"] not in ("checking", "collecting") else None
        return wait_for("the decision", probe)

    def confirm(self):
        self.act("/confirm", {"correct": True})

    def certificate(self):
        return wait_for("the certificate", lambda: self.session()["certificate"])


def first_certificate(paraph, office="Fast Office", email="first@mail.example"):
    """A workspace of the instance, whose first request has its certificate."""
    space = paraph.workspace(office)
    walk = Walk(paraph.url, space.key, paraph.outbox, email)
    walk.ask("lcp")
    walk.open()
    walk.identify()
    walk.show("UTO", "passport", front=PICTURE)
    walk.complete()
    assert walk.decided()["state"] == "approved"
    walk.confirm()
    walk.certificate()
    return space
