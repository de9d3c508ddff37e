"""A headless Chromium with the page of `fsdnet demo`, driven as a person would: by pointer, keys and files."""
import base64
import contextlib
import pathlib
import tempfile

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from demo_process import MODELS, Demo

# Digits as people draw them, in pixels of 28. The four is a nine for whoever does not see that it is open at the top.
FOUR = [[(9, 6), (8, 10), (9, 14), (13, 14), (20, 13)], [(19, 6), (18, 12), (17, 22)]]
TOP_OF_FOUR = [(10, 6), (17, 6)]
SEVEN = [(8, 8), (11, 8), (14, 8), (17, 8), (20, 8), (18, 12), (16, 16), (14, 20), (13, 22)]


class Page:
    def __init__(self, driver, demo):
        self.driver, self.demo = driver, demo
        driver.get(demo.address)
        self.settle()

    def element(self, name):
        return self.driver.find_element(By.ID, name)

    def text(self, name):
        return self.driver.execute_script("return document.getElementById(arguments[0]).textContent", name)

    def visible(self, name):
        return self.element(name).is_displayed()

    def wait(self, condition):
        return WebDriverWait(self.driver, 30, 0.05).until(lambda _: condition())

    def count(self):
        """Answers that have been measured so far."""
        return int(self.element("latency").get_attribute("data-count") or 0)

    def settle(self):
        """Waits until an answer has come and no other one is on its way."""
        self.wait(lambda: self.count() > 0)
        seen = -1
        while seen != (seen := self.count()):
            self.driver.execute_async_script("setTimeout(arguments[0], 200)")

    def posterior(self):
        rows = self.driver.execute_script("""
            return [...document.querySelectorAll('#posterior tbody tr')].map(
                (row) => [row.querySelector('th').textContent, row.querySelector('.number').textContent])""")
        return {name: float(number.rstrip(" %")) / 100 for name, number in rows}

    def entropies(self):
        return [float(text.split()[0]) for text in self.driver.execute_script("""
            return [...document.querySelectorAll('#entropies td.number')].map((cell) => cell.textContent)""")]

    def answer(self):
        return self.text("answer").split()[0]

    def latency(self):
        output = self.element("latency")
        return {key: float(output.get_attribute("data-" + key)) for key in ("fastest", "median", "slowest", "count")}

    def pixel(self, x, y):
        """The middle of a pixel of the picture of 28 x 28, as it is shown: red, green, blue."""
        return self.driver.execute_script("""
            const canvas = document.getElementById('picture'), cell = canvas.width / 28;
            return [...canvas.getContext('2d').getImageData((arguments[0] + .25) * cell, (arguments[1] + .25) * cell, 1, 1)
                .data].slice(0, 3)""", x, y)

    def pointer(self, points, kind="mouse", steps=4):
        """Presses, moves and lifts the browser's pointer along the points, given in pixels of 28."""
        box = self.driver.execute_script("""
            const box = document.getElementById('picture').getBoundingClientRect();
            return [box.left, box.top, box.width]""")
        places = []
        for (x, y), (to_x, to_y) in zip(points, points[1:] + points[-1:]):
            places += [(x + (to_x - x) * i / steps, y + (to_y - y) * i / steps) for i in range(steps)]
        places = [(box[0] + x / 28 * box[2], box[1] + y / 28 * box[2]) for x, y in places]
        send = self.by_finger if kind == "finger" else self.by_mouse
        send(places)
        self.settle()

    def draw_four(self):
        for stroke in FOUR:
            self.pointer(stroke)

    def by_mouse(self, places):
        def event(kind, place):
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {
                "type": kind, "x": place[0], "y": place[1], "button": "left", "buttons": 1, "clickCount": 1})
        event("mousePressed", places[0])
        for place in places[1:]:
            event("mouseMoved", place)
        event("mouseReleased", places[-1])

    def by_finger(self, places):
        def event(kind, points):
            self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})
        event("touchStart", places[:1])
        for place in places[1:]:
            event("touchMove", [place])
        event("touchEnd", [])

    def choose(self, tool):
        self.driver.find_element(By.CSS_SELECTOR, f"input[value={tool}]").click()

    def press(self, name):
        before = self.count()
        self.element(name).click()
        self.wait(lambda: self.count() > before)
        self.settle()

    def scheme(self, name):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": name}]})

    def screenshot(self, path):
        metrics = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "format": "png", "captureBeyondViewport": True, "clip": {**metrics, "scale": 1}})
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def complaints(self):
        """What the browser's console holds: errors of the scripts, files that are missing, refused by the policy."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]


@contextlib.contextmanager
def page(*words, size=(1000, 900)):
    options = webdriver.ChromeOptions()
    # The sandbox needs rights that containers do not give; nothing but the demo's page is loaded.
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
                     f"--window-size={size[0]},{size[1]}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory() as profile:
        options.add_argument(f"--user-data-dir={profile}")
        demo = Demo("--threads", 1, *(words or ("--model", MODELS / "mnist-16-32.safetensors")))
        try:
            driver = webdriver.Chrome(service=webdriver.chrome.service.Service("/usr/bin/chromedriver"), options=options)
            try:
                yield Page(driver, demo)
            finally:
                driver.quit()
        finally:
            assert demo.end() == 0
