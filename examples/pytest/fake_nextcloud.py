"""A fake Nextcloud for tests in Python, with nothing but the standard library."""

import base64
import json
import subprocess
import urllib.error
import urllib.request


class FakeNextcloud:
    """The program ``ocs-mock serve`` on a free port, until ``stop``."""

    def __init__(self, *options):
        # npm puts it into the PATH of its scripts.
        command = ["ocs-mock", "serve", "--port", "0", "--quiet", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http"):
            raise RuntimeError("ocs-mock did not start; it says why above.")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def world(self, name):
        """A world of its own for one test."""
        return World(self.url, name)


class World:
    """One world of a fake: what it keeps, no other world knows."""

    def __init__(self, url, name):
        self.control = url + "/__admin"
        self.name = name
        # Clients that cannot send a header find their world by its path.
        self.url = f"{url}/w/{name}"

    def call(self, method, path, body=None):
        """A call of the control API."""
        headers = {"X-OCS-Mock-World": self.name, "Content-Type": "application/json"}
        return send(method, self.control + path, headers, None if body is None else json.dumps(body).encode())[1]

    def seed(self, seed):
        """The starting world, with a seed laid over it."""
        return self.call("POST", "/reset", seed)

    def occ(self, *words):
        """Run an occ command; the answer has ``exitCode``, ``stdout`` and ``stderr``."""
        return self.call("POST", "/occ", {"args": list(words)})

    def requests(self, **matcher):
        """What was asked: all of it, or what matches."""
        return self.call("POST", "/requests/find", matcher)["requests"]

    def end(self):
        """The starting world again, so that nothing is kept for the next run."""
        self.call("POST", "/reset")


class Client:
    """What is tested here: a client that somebody wrote for the OCS API."""

    def __init__(self, url, user, password):
        self.url = url
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {login}", "OCS-APIRequest": "true", "Accept": "application/json"}

    def get(self, path):
        status, answer = send("GET", f"{self.url}/ocs/v2.php{path}", self.headers)
        return status, answer["ocs"]["data"]


def send(method, url, headers, body=None):
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
