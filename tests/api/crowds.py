"""Many requests at once, and what is hardly HTTP."""
import json
import threading
import uuid

from browser import Browser
from scripts import JSON, SPECIMEN


def at_once(count, what):
    """Runs what(i) in threads; gives their results in order."""
    results = [None] * count

    def one(i):
        try:
            results[i] = what(i)
        except OSError as error:
            results[i] = error
    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def two_hundred_uploads(case):
    path = "/v1/session/%s/document/front" % case.values["id"]
    picture = open(SPECIMEN, "rb").read()
    answers = at_once(200, lambda i: case.client.send(
        "POST", path, picture, {"Content-Type": "image/jpeg"}))
    for answer in answers:
        assert not isinstance(answer, OSError), "a connection was cut: %r" % answer
        assert answer.status in (200, 202, 409, 429, 503), answer.text
        if answer.status == 429:
            assert answer.json["error"]["code"] == "too_many_requests", answer.text
            assert int(answer.headers["Retry-After"]) >= 1
    assert any(answer.status in (200, 202) for answer in answers), "none came through"
    assert any(answer.status == 429 for answer in answers), "none was turned away"


def many_passwords_at_once(case):
    answers = at_once(40, lambda i: case.client.send("POST", "/v1/login", json.dumps(
        {"email": case.values["owner_email"], "password": "wrong password %d" % i}).encode(), JSON))
    looked_at = [a for a in answers if a.status == 401]
    assert 1 <= len(looked_at) <= 5, "%d passwords were looked at" % len(looked_at)
    assert {a.status for a in answers} == {401, 429}


def twins(case):
    """Two identical requests at the same instant: one registration, one 409."""
    wish = json.dumps({"applicant": "twin-%s@example.org" % uuid.uuid4().hex[:8],
                       "level": "lcp"}).encode()
    for _ in range(3):
        answers = at_once(8, lambda i: case.client.send("POST", "/v1/registrations", wish, JSON))
        made = [a for a in answers if a.status == 201]
        assert len(made) <= 1, "made %d" % len(made)
        case.values.setdefault("id", made[0].json["id"] if made else None)
        for answer in answers:
            if answer.status != 201:
                error = answer.json["error"]
                assert error["code"] == "registration_pending", answer.text
                assert error["registration"] == case.values["id"], answer.text


def twins_with_a_key(case):
    """The same with an Idempotency-Key: all get the one registration."""
    wish = json.dumps({"applicant": "twin-%s@example.org" % uuid.uuid4().hex[:8],
                       "level": "lcp"}).encode()
    headers = {**JSON, "Idempotency-Key": uuid.uuid4().hex}
    answers = at_once(8, lambda i: case.client.send("POST", "/v1/registrations", wish, headers))
    assert {a.status for a in answers} == {201}, [a.text for a in answers if a.status != 201][0]
    assert len({a.json["id"] for a in answers}) == 1


def headers_before_the_proxys(case):
    import socket
    for before in (b"X-Forwarded-For:\r\n", b"X-Filler: x\r\n" * 70):
        with socket.create_connection((case.client.url.hostname, case.client.url.port)) as wire:
            wire.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + before +
                         b"X-Forwarded-For: 192.0.2.1\r\n\r\n")
            answer = wire.makefile("rb").read()
        assert answer.split()[1] in (b"404", b"413"), answer[:200]


def slow_head(case):
    """Half a request must not hold up the others."""
    import socket
    with socket.create_connection((case.client.url.hostname, case.client.url.port)) as half:
        half.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n")
        assert case.client.send("GET", "/v1/health").status == 200


def broken_http(case):
    """Bytes that are no HTTP are answered or cut, and nothing dies."""
    import socket
    for junk in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                 b"POST /v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n",
                 b"GET /" + b"a" * 40000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"):
        with socket.create_connection((case.client.url.hostname, case.client.url.port)) as one:
            one.settimeout(5)
            try:
                one.sendall(junk)
                one.shutdown(socket.SHUT_WR)
                one.recv(4096)
            except OSError:
                pass
    assert case.client.send("GET", "/v1/health").status == 200


def wrong_pins_at_once(case):
    """Five tries in a row, however many come together and by whichever session:
    the fifth wrong one is told that it was the last, and so are all after it."""
    second = Browser(case.instance.url)
    second.send("POST", "/v1/session", json.dumps(
        {"token": case.values["token"]}).encode(), JSON)
    assert second.cookies != case.client.cookies
    body = json.dumps({"old": "482913", "pin": "604135", "proof": case.values["proof"]}).encode()
    answers = at_once(14, lambda i: (case.client, second)[i % 2].send(
        "POST", "/v1/session/%s/pin/change" % case.values["id"], body, JSON))
    told = sorted(answer.json["error"]["code"] for answer in answers)
    assert told == ["pin_blocked"] * 10 + ["pin_wrong"] * 4, told
