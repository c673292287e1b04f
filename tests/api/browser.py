"""What a test sends, byte for byte, and what comes back."""
import base64
import http.client
import json
import urllib.parse


class Answer:
    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = status, headers, content

    @property
    def text(self):
        return self.content.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.content)


class Browser:
    """Cookies by path, an API key, or nothing; one connection a request."""

    def __init__(self, url, key=None):
        self.url = urllib.parse.urlsplit(url)
        self.key, self.cookies = key, {}

    def headers(self, path, more):
        given = {name.lower() for name in more}
        headers = {}
        cookies = [pair for pair, scope in self.cookies.values()
                   if path == scope or scope == "/" or path.startswith(scope + "/")]
        if cookies:
            headers["Cookie"] = "; ".join(cookies)
            if "origin" not in given:
                headers["Origin"] = "http://" + self.url.netloc
        if self.key and "authorization" not in given:
            token = base64.b64encode((self.key + ":").encode()).decode()
            headers["Authorization"] = "Basic " + token
        headers.update({n: v for n, v in more.items() if v != "-"})
        return headers

    def keep(self, answer):
        for name, value in answer.getheaders():
            if name.lower() != "set-cookie":
                continue
            pair, *attributes = [part.strip() for part in value.split(";")]
            marks = dict(a.partition("=")[::2] for a in attributes)
            if marks.get("Max-Age") == "0":
                self.cookies.pop(pair.split("=")[0], None)
            else:
                self.cookies[pair.split("=")[0]] = (pair, marks.get("Path", "/"))

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        if body is None and method == "POST":
            body = b""
        connection.request(method, path, body, self.headers(path.split("?")[0], headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        self.keep(answer)
        connection.close()
        return Answer(answer.status, answer.headers, content)
