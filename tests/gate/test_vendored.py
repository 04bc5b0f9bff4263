"""What is vendored is what was fetched, with nothing in it that looks elsewhere."""

import re
import shutil

from tools import vendor


def folder_like_ours(tmp_path):
    return shutil.copytree(vendor.VENDORED, tmp_path / "vendored")


def test_a_copy_of_the_folder_has_no_faults(tmp_path):
    assert vendor.faults(folder_like_ours(tmp_path)) == []


def test_one_changed_letter_is_found(tmp_path):
    folder = folder_like_ours(tmp_path)
    style = folder / "nhsuk-frontend.min.css"
    style.write_text(style.read_text().replace("a", "b", 1))
    [fault] = vendor.faults(folder)
    assert "nhsuk-frontend.min.css is not as it was vendored" in fault


def test_a_file_nobody_listed_is_found(tmp_path):
    folder = folder_like_ours(tmp_path)
    (folder / "stray.js").write_text("")
    assert vendor.faults(folder) == ["stray.js is not in VENDORED.toml"]


def test_a_file_that_went_missing_is_found(tmp_path):
    folder = folder_like_ours(tmp_path)
    (folder / "images/favicon.svg").unlink()
    assert vendor.faults(folder) == ["images/favicon.svg is in VENDORED.toml but absent"]


def test_fonts_and_maps_are_taken_out_and_images_are_found_beside_the_sheet():
    css = (
        "@font-face{font-family:F;src:url(https://fonts.example/f.woff)}"
        "a{background:url(/assets/images/tick.svg)}\n/*# sourceMappingURL=x.css.map */"
    )
    assert vendor.cleaned_style(css) == "a{background:url(images/tick.svg)}\n"
    assert vendor.cleaned_script("go();//# sourceMappingURL=x.js.map\n") == "go();\n"


def test_every_image_the_style_sheet_names_is_there_and_none_comes_from_elsewhere():
    style = (vendor.VENDORED / "nhsuk-frontend.min.css").read_text()
    named = re.findall(r"url\(([^)]+)\)", style)
    assert named
    assert [name for name in named if not (vendor.VENDORED / name).is_file()] == []


def test_the_whole_folder_stays_small_enough_for_a_first_visit():
    # The budget of a first visit is 350 kB compressed; this is before compression.
    assert (
        sum(path.stat().st_size for path in vendor.VENDORED.rglob("*") if path.is_file()) < 400_000
    )
