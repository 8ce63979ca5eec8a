"""A headless Chromium, spoken to by WebDriver: as wide as a phone, in the dark, on paper."""

import base64
import json
import shutil
import subprocess
import urllib.request


class Browser:
    """Chromium with one window, while it is used in a `with` statement."""

    def __enter__(self):
        driver = shutil.which("chromedriver") or "/usr/bin/chromedriver"
        self.process = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "successfully on port" in line:
                self.base = "http://127.0.0.1:" + line.split("on port")[1].strip(" .\n")
                break
        else:
            raise RuntimeError(f"{driver} did not start")
        # In a container, Chromium's own sandbox is not to be had.
        flags = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                 "--no-first-run", "--disable-background-networking"]
        wanted = {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": flags},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}
        session = self._ask("POST", "/session", {"capabilities": wanted})
        self.base += "/session/" + session["sessionId"]
        return self

    def __exit__(self, *_):
        self._ask("DELETE", "")
        self.process.terminate()
        self.process.wait()

    def open(self, path, width, scheme):
        """Shows a file in a window of a width, in a colour scheme: light or dark."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900,
                      deviceScaleFactor=1, mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", media="screen",
                      features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._ask("POST", "/url", {"url": f"file://{path}"})

    def run(self, script, *arguments):
        """Runs JavaScript, whose return value is returned; a promise is waited for."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def screenshot(self, path):
        """Writes a picture of the whole page."""
        picture = self.devtools("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def paper(self, path):
        """Writes the page as a PDF."""
        self.devtools("Emulation.setEmulatedMedia", media="", features=[])
        pdf = self._ask("POST", "/print", {"background": True})
        with open(path, "wb") as file:
            file.write(base64.b64decode(pdf))

    def complaints(self):
        """What the browser had to say since the last call, such as what the policy has stopped."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})]

    def requests(self):
        """The addresses that were asked for since the last call."""
        log = self._ask("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in log]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def devtools(self, command, **parameters):
        """Runs a command of Chromium's developer tools."""
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def _ask(self, method, path, content=None):
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            self.base + path, body, {"Content-Type": "application/json"}, method=method)
        # The environment's proxy could not reach this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from error
