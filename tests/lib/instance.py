"""A whole instance of Paraph in a folder of its own, for tests.

    with Instance() as paraph:
        space = paraph.workspace("Some Office")
        Client(paraph.url, space.key)

Everything happens through the paraph command and HTTP, as for anybody else.
"""
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
PARAPH = os.path.join(BUILD, "src", "cli", "paraph")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Workspace:
    def __init__(self, name, identity, key):
        self.name, self.id, self.key = name, identity, key


class Instance:
    def __init__(self, settings="", ui=None):
        self.dir = tempfile.mkdtemp(prefix="paraph-test-")
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.conf = os.path.join(self.dir, "paraph.conf")
        self.outbox = os.path.join(self.dir, "outbox")
        self.log = os.path.join(self.dir, "paraph.log")
        self.server = None
        self.cli("init", self.dir, "--demo", "--listen", "127.0.0.1:%d" % self.port,
                 "--base-url", self.url, "--ui", ui or os.path.join(ROOT, "ui", "dist"),
                 "--models", os.path.join(ROOT, "models"))
        with open(self.conf, "a", encoding="utf-8") as conf:
            conf.write("\n" + settings)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, error, trace):
        self.stop()
        if kind and os.path.exists(self.log):
            print("# the instance's log ends:")
            for line in open(self.log, encoding="utf-8", errors="replace").readlines()[-30:]:
                print("# " + line.rstrip())
        shutil.rmtree(self.dir, ignore_errors=True)

    def cli(self, *args, status=0, **more):
        """Runs the paraph command; gives what it printed."""
        done = subprocess.run([PARAPH, *args], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120,
                              env={**os.environ, "PARAPH_CONFIG": self.conf}, **more)
        if done.returncode != status:
            raise AssertionError("paraph %s: status %d\n%s%s" % (
                " ".join(args), done.returncode, done.stdout, done.stderr))
        return done.stdout.strip()

    def start(self):
        log = open(self.log, "ab")
        self.server = subprocess.Popen([PARAPH, "serve", "--config", self.conf],
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait_until_up()

    def wait_until_up(self, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            try:
                with urllib.request.urlopen(self.url + "/v1/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError("the instance did not come up:\n" +
                             open(self.log, encoding="utf-8", errors="replace").read()[-3000:])

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()

    def pid(self, program):
        """The process of a program: web, clerk, inspector, signer, or
        supervisor. Found as children of the supervisor we started."""
        if program == "supervisor":
            return self.server.pid
        children = "/proc/%d/task/%d/children" % (self.server.pid, self.server.pid)
        for pid in open(children).read().split():
            try:
                if os.readlink("/proc/%s/exe" % pid).endswith("paraph-" + program):
                    return int(pid)
            except FileNotFoundError:
                pass  # died, and is not buried yet
        return None

    def kill(self, program):
        """kill -9 of one program of this instance."""
        pid = self.pid(program)
        if pid:
            os.kill(pid, signal.SIGKILL)
        if program == "supervisor":
            self.server.wait()
        return pid

    def workspace(self, name, test=True, feature=True, scopes="registrations,certificates,revoke,read",
                  **options):
        """A new workspace with an API key."""
        args = ["workspace", "add", name] + (["--test"] if test else [])
        for option, value in options.items():
            args += ["--" + option.replace("_", "-"), value]
        identity = self.cli(*args)
        if feature:
            self.cli("feature", "on", identity, "certificate_creation")
        return Workspace(name, identity, self.cli("apikey", "add", identity, "test", "--scopes", scopes))

    def member(self, workspace, email, role, password="correct horse battery"):
        """A member; workspace may be "-" for platform roles."""
        trained = ["--trained", time.strftime("%Y-%m-%d", time.gmtime())]
        self.cli("member", "add", getattr(workspace, "id", workspace), email, "--role", role,
                 *(trained if role == "operator" else []), "--password-stdin",
                 input=password + "\n")
        return password
