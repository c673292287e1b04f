#!/usr/bin/env python3
"""OCSP against nginx: answers a second, and a second of processor time.

Usage: bench/ocsp.py [--seconds N] [--clients N] [--rounds N]

Needs nginx and wrk (apt-get install --no-install-recommends nginx-light wrk),
which nothing else here does: without them it says so and ends. In turns, so
that what else the machine does meets both: nginx serving a file as large as
an answer; answers signed in advance, by GET; and answers with a nonce, each
signed for its question, from a new address each time, because one address may
have ten of those a second only. What waits goes to the signer together, so that an
answer costs less the more ask at once. On a busy machine the ratio of processor
time is the one to read.
"""
import argparse
import base64
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "lib"))
from instance import Instance, free_port  # noqa: E402
from ocsp import Quick  # noqa: E402
from walk import first_certificate  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")

NGINX = """daemon off; pid %(dir)s/nginx.pid; error_log stderr crit; worker_processes 2;
events { worker_connections 512; }
http { access_log off; default_type application/ocsp-response; sendfile on; keepalive_requests 1000000;
 client_body_temp_path %(dir)s/t1; proxy_temp_path %(dir)s/t2; fastcgi_temp_path %(dir)s/t3;
 uwsgi_temp_path %(dir)s/t4; scgi_temp_path %(dir)s/t5;
 server { listen 127.0.0.1:%(port)d; root %(dir)s/www; } }
"""

NONCES = """
local n = 0
request = function()
  n = n + 1
  local octets = {}
  for i = 1, 32 do octets[i] = string.char(math.random(0, 255)) end
  local head = { ["Content-Type"] = "application/ocsp-request",
    ["X-Forwarded-For"] = string.format("10.%%d.%%d.%%d", math.random(0, 255), math.random(0, 255), math.random(1, 254)) }
  return wrk.format("POST", "/pki/ocsp", head, %s .. table.concat(octets))
end
"""


def spent(pids):
    """Seconds of processor time, with children that have ended."""
    total = 0
    for pid in pids:
        fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def drive(url, pids, options, script=None):
    """Answers a second, and a second of processor time."""
    before = spent(pids)
    told = subprocess.run(["wrk", "-t1", "-c%d" % options.clients, "-d%ds" % options.seconds,
                           *(["-s", script] if script else []), url],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    used = spent(pids) - before
    count = int(re.search(r"(\d+) requests in", told).group(1))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if failed:
        print("  %s failed" % failed.group(1))
    return float(re.search(r"Requests/sec: *([\d.]+)", told).group(1)), count / max(used, 0.01)


def lua(octets):
    return '"' + "".join("\\%03d" % byte for byte in octets) + '"'


def start_nginx(folder, answer):
    port = free_port()
    os.makedirs(os.path.join(folder, "www"))
    with open(os.path.join(folder, "www", "answer"), "wb") as target:
        target.write(answer)
    path = os.path.join(folder, "nginx.conf")
    with open(path, "w") as target:
        target.write(NGINX % {"dir": folder, "port": port})
    os.chmod(folder, 0o755)
    server = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", path, "-g", "user root;"],
                              stdin=subprocess.DEVNULL)
    time.sleep(1)
    workers = open("/proc/%d/task/%d/children" % (server.pid, server.pid)).read().split()
    return server, [int(pid) for pid in workers], "http://127.0.0.1:%d/answer" % port


def serials(paraph):
    import sqlite3
    path = [os.path.join(folder, name) for folder, _, names in os.walk(paraph.dir)
            for name in names if name.endswith(".db")][0]
    return [s for s, in sqlite3.connect("file:%s?mode=ro" % path, uri=True).execute(
        "SELECT serial FROM certificates")]


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--rounds", type=int, default=3)
    options = options.parse_args()
    if not shutil.which("wrk") or not (shutil.which("nginx") or os.path.exists("/usr/sbin/nginx")):
        print("nginx and wrk are not installed: apt-get install --no-install-recommends nginx-light wrk")
        return
    with Instance("[web]\ntrusted_proxy = 127.0.0.1\n") as paraph:
        first_certificate(paraph)
        ask = Quick(paraph.url, paraph.dir)
        serial = serials(paraph)[0]
        request = ask.template.replace(bytes.fromhex(ask.MARK), bytes.fromhex(serial))
        answer = ask.post(request)[2]
        get = ask.url + "/" + base64.b64encode(request).decode().replace("/", "%2F").replace("+", "%2B")
        # a nonce of 32 octets at the very end of the request
        from ocsp import with_nonce
        asked = with_nonce(request, 32)
        assert asked.endswith(b"\x5a" * 32)
        script = os.path.join(paraph.dir, "nonces.lua")
        with open(script, "w") as target:
            target.write(NONCES % lua(asked[:-32]))
        folder = os.path.join(paraph.dir, "nginx")
        os.makedirs(folder)
        nginx, workers, url = start_nginx(folder, answer)
        ours = [paraph.pid(p) for p in ("web", "clerk", "signer")]
        rows = {"nginx, a file of %d bytes" % len(answer): [], "signed in advance": [], "signed for a nonce": []}
        try:
            for _ in range(options.rounds):
                for title, measured in zip(rows, (
                        lambda: drive(url, workers, options),
                        lambda: drive(get, ours[:1], options),
                        lambda: drive(ask.url, ours, options, script))):
                    rows[title].append(measured())
        finally:
            nginx.terminate()
            nginx.wait()
        base = None
        for title, found in rows.items():
            rate = statistics.median(r for r, _ in found)
            cpu = statistics.median(c for _, c in found)
            base = base or (rate, cpu)
            print("%-28s %7.0f /s (%3.0f %%)  %7.0f /CPU-s (%3.0f %%)" % (
                title, rate, 100 * rate / base[0], cpu, 100 * cpu / base[1]))


if __name__ == "__main__":
    main()
