"""Fetch the NHS design system for `static/vendored/`: `python -m tools.vendor [--check]`.

Needs npm, and only when the version changes: what it makes is committed. It keeps the style
sheet, the script, the icons that those and the page template name, and the manifest.
VENDORED.toml says what they are, with a hash each; `--check` compares.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from tools.tree import ROOT

PACKAGE, VERSION, LICENCE = "nhsuk-frontend", "10.6.1", "MIT"
VENDORED = ROOT / "src/commonweal_site/static/vendored"
LIST = "VENDORED.toml"

# The page template of nhsuk-frontend-jinja links to these four.
LINKED = {"favicon.ico", "favicon.svg", "nhsuk-icon-mask.svg", "nhsuk-icon-180.png"}
IMAGE = re.compile(r"images/([\w.-]+)")
# Its map is not vendored, and a missing one stops Django's hashing of file names.
SOURCE_MAP = re.compile(r"(?:/\*|//)# sourceMappingURL=\S+(?: ?\*/)?\s*")
# Frutiger is fetched from another host and is licensed; Arial is the stated second face.
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")

PERMISSION = """\
nhsuk-frontend is released under the MIT Licence, and is the work of NHS England and the
contributors to nhsuk-frontend.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def cleaned_style(css: str) -> str:
    """The style sheet without fonts or maps, and with images beside it at any address."""
    css = FONT_FACE.sub("", SOURCE_MAP.sub("", css))
    return css.replace("url(/assets/images/", "url(images/").rstrip() + "\n"


def cleaned_script(script: str) -> str:
    return SOURCE_MAP.sub("", script).rstrip() + "\n"


def kept(package: Path) -> dict[str, bytes]:
    """What is kept of an unpacked package, by its path under `static/vendored`."""
    dist = package / "dist/nhsuk"
    style = cleaned_style((dist / f"{PACKAGE}.min.css").read_text())
    manifest = (dist / "assets/manifest.json").read_text()
    images = LINKED | set(IMAGE.findall(style)) | set(IMAGE.findall(manifest))
    script = cleaned_script((dist / f"{PACKAGE}.min.js").read_text())
    texts = {
        f"{PACKAGE}.min.css": style,
        f"{PACKAGE}.min.js": script,
        "manifest.json": manifest,
        f"{PACKAGE}.LICENCE.txt": PERMISSION,
    }
    pictures = {f"images/{name}": (dist / "assets/images" / name).read_bytes() for name in images}
    return {name: text.encode() for name, text in texts.items()} | pictures


def listing(files: dict[str, bytes]) -> str:
    """VENDORED.toml: what the files are, and a hash for each."""
    lines = ["# Made by tools/vendor.py; do not edit. Hashes are SHA-256.", "", "[[package]]"]
    lines += [f'name = "{PACKAGE}"', f'version = "{VERSION}"', f'licence = "{LICENCE}"']
    lines += ["changed = 'no fonts, no source maps, images found beside the style sheet'"]
    lines += ["", "[package.files]"]
    lines += [f'"{name}" = "{hashlib.sha256(files[name]).hexdigest()}"' for name in sorted(files)]
    return "\n".join(lines) + "\n"


def faults(folder: Path = VENDORED) -> list[str]:
    """Where the folder differs from its VENDORED.toml, a sentence each."""
    packages = tomllib.loads((folder / LIST).read_text())["package"]
    named = {name: digest for package in packages for name, digest in package["files"].items()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    found = [f"{name} is not in {LIST}" for name in sorted(there - named.keys() - {LIST})]
    found += [f"{name} is in {LIST} but absent" for name in sorted(named.keys() - there)]
    return found + [
        f"{name} is not as it was vendored; run python -m tools.vendor"
        for name in sorted(named.keys() & there)
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != named[name]
    ]


def fetch(into: Path) -> Path:
    """Download and unpack the package; the folder it unpacked to."""
    command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
    subprocess.run(command, cwd=into, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(into / f"{PACKAGE}-{VERSION}.tgz") as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def write(files: dict[str, bytes], folder: Path) -> None:
    for old in (path for path in folder.rglob("*") if path.is_file()):
        old.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / LIST).write_text(listing(files))


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        with tempfile.TemporaryDirectory() as scratch:
            write(kept(fetch(Path(scratch))), VENDORED)
    found = faults()
    print("\n".join(found) or "The vendored files are as VENDORED.toml says.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
