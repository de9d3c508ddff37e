"""Checks what README.md and docs/ name: files and headings that they link, verbs and options of `fsdnet`, targets of `make`."""
import functools
import os
import pathlib
import re
import subprocess
import unittest

from commands import DOCUMENTS, ROOT, commands_of

PROGRAM = os.environ.get("FSDNET_PROGRAM", str(ROOT / "build/release/bin/fsdnet"))
PAGES = sorted({*DOCUMENTS, *(ROOT / "docs/experiments").glob("*.md"), *ROOT.glob("*.md")})


def text_without_code(page):
    """The page with blocks of code emptied and code between backticks removed, so that lines keep their numbers."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^ *```.*?^ *```", lambda block: "\n" * block[0].count("\n"), text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", lambda code: code[0] if "](" in code[0] else "`code`", text)


@functools.cache
def anchors_of(page):
    """What GitHub makes of the headings: small letters, no punctuation, hyphens for blanks; numbered where one repeats."""
    anchors = set()
    blocks_left_out = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for heading in re.findall(r"^#+ +(.*?) *$", blocks_left_out, re.M):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = base = re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")
        number = 0
        while anchor in anchors:
            number += 1
            anchor = f"{base}-{number}"
        anchors.add(anchor)
    return anchors


@functools.cache
def help_of(*verb):
    shown = subprocess.run([PROGRAM, *verb, "--help"], capture_output=True, text=True, timeout=60)
    return shown.stdout if shown.returncode == 0 else None


def wrong_link(page, target):
    """What is wrong with a relative link, or None."""
    path, _, anchor = target.partition("#")
    place = (page.parent / path).resolve() if path else page
    if not place.exists():
        return "there is no such file"
    if anchor and place.suffix == ".md" and anchor not in anchors_of(place):
        return "there is no such heading"
    return None


class Documentation(unittest.TestCase):
    def test_every_relative_link_leads_to_a_file_and_a_heading(self):
        checked = 0
        for page in PAGES:
            for number, line in enumerate(text_without_code(page).splitlines(), 1):
                for target in re.findall(r"\]\(<?([^)>\s]+)", line):
                    if re.match(r"[a-z]+:", target):
                        continue
                    checked += 1
                    with self.subTest(place=f"{page.relative_to(ROOT)}:{number}", target=target):
                        self.assertIsNone(wrong_link(page, target))
        self.assertGreater(checked, 150)

    def test_every_command_has_a_verb_and_options_that_exist(self):
        checked = 0
        for page in DOCUMENTS:
            for command in commands_of(page):
                words = re.sub(r"^.*?fsdnet ", "fsdnet ", command.words).split()
                if words[0] != "fsdnet" or command.words.startswith(("bench/", "cc", "cmake", "pip", "scripts/")):
                    continue
                verb = tuple(words[1:3] if words[1] == "analyze" or words[1:3] == ["kernels", "run"] else words[1:2])
                with self.subTest(command=str(command)):
                    options = help_of(*verb)
                    self.assertIsNotNone(options, f"There is no verb '{' '.join(verb)}'.")
                    for option in (word.partition("=")[0] for word in words if word.startswith("--")):
                        checked += 1
                        self.assertRegex(options, rf"(^|[\s,]){re.escape(option)}\b", f"'{' '.join(verb)}' has no {option}.")
        self.assertGreater(checked, 50)

    def test_every_target_of_make_exists(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        checked = 0
        for page in PAGES:
            for target in re.findall(r"(?:`|^)make ([a-z][a-z_-]*)", page.read_text(encoding="utf-8"), re.M):
                checked += 1
                with self.subTest(page=str(page.relative_to(ROOT)), target=target):
                    self.assertRegex(makefile, rf"(?m)^{re.escape(target)}:")
        self.assertGreater(checked, 10)


if __name__ == "__main__":
    unittest.main()
