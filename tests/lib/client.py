"""A client of Paraph's HTTP interface, for the demo and the tests."""
import glob
import http.cookiejar
import json
import os
import time
import urllib.error
import urllib.request


class Refused(Exception):
    """An answer that is not a success; status and body are kept."""

    def __init__(self, method, path, status, body):
        super().__init__("%s %s: %d %s" % (method, path, status, body))
        self.status, self.body = status, body


class Client:
    def __init__(self, url, key=None):
        self.url, self.key = url, key
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def call(self, method, path, body=None, kind="application/json"):
        data = body
        if body is not None and kind == "application/json":
            data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Origin", self.url)
        if data is not None:
            request.add_header("Content-Type", kind)
        if self.key:
            request.add_header("Authorization", "Bearer " + self.key)
        try:
            with self.opener.open(request, timeout=60) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(method, path, error.code, error.read().decode()) from None
        if path.endswith((".pem", ".cer", ".crl")):
            return content
        return json.loads(content or b"{}")


def wait_for(what, probe, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        found = probe()
        if found:
            return found
        time.sleep(0.2)
    raise TimeoutError("gave up waiting for " + what)


def newest(folder, ending, recipient, since, known=()):
    """The newest message of a recipient that came after a time and is none of
    those that are known."""
    for path in sorted(glob.glob(os.path.join(folder, "*." + ending)), reverse=True):
        text = open(path, encoding="utf-8").read()
        if path not in known and os.path.getmtime(path) >= since and "To: " + recipient in text:
            return text
    return None
