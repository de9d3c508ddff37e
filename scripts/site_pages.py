"""What `make docs` does to pages: README.md and CHANGELOG.md of the tree become pages, links to sources are left to the tree."""
import pathlib
import re

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Pages that stand beside docs/ in the tree, and their names in the site.
BESIDE = {"README.md": "index.md", "CHANGELOG.md": "changelog.md"}


def slug(heading, separator):
    """Anchors as GitHub makes them, which the tree's links go by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", separator)


def on_files(files, config):
    for source, name in BESIDE.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown, page, config, files):
    beside = {name: source for source, name in BESIDE.items()}.get(page.file.src_uri)
    folder = ROOT if beside else (ROOT / "docs" / page.file.src_uri).parent

    def link(found):
        """A link by the place in the site, or its text alone where it leads to what is not in the site."""
        text, target, anchor = found["text"], found["target"], found["anchor"] or ""
        if not target or re.match(r"[a-z]+:", target):
            return found[0]
        place = (folder / target).resolve()
        name = BESIDE.get(str(place.relative_to(ROOT)) if place.is_relative_to(ROOT) else "")
        if not name:
            if not place.is_relative_to(ROOT / "docs") or not place.is_file():
                return found[0] if found["picture"] else text
            name = str(place.relative_to(ROOT / "docs"))
        up = "../" * (len(pathlib.PurePosixPath(page.file.src_uri).parts) - 1)
        return f"{found['picture']}[{text}]({up}{name}{anchor})"

    return re.sub(r"(?P<picture>!?)\[(?P<text>[^\]\n]+)\]\((?P<target>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)", link, markdown)
