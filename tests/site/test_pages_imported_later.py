"""The site starts without what only some pages need, and every such page is there when asked for."""

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.urls import get_resolver

from commonweal_site.later import VIEWS, Later, imported

_LARGE = ("docx", "duckdb", "ibis", "icalendar", "openpyxl", "polars", "scipy")


def test_every_view_that_is_imported_later_is_there():
    assert get_resolver().url_patterns
    assert len(VIEWS) > 50
    for module, name in VIEWS:
        assert callable(imported(module, name))


def test_a_view_that_is_not_there_is_an_error_that_names_it():
    with pytest.raises(AttributeError, match="nothing_of_the_sort"):
        imported("commonweal_site.about", "nothing_of_the_sort")


def test_a_function_answers_itself_and_a_class_by_an_object_of_it(rf):
    assert Later("commonweal_site.about").robots(rf.get("/robots.txt")).status_code == 200
    assert isinstance(Later(__name__).Page(rf.get("/")), HttpResponse)


class Page:
    def __call__(self, request):
        return HttpResponse(request.path)


def test_the_addresses_are_read_without_the_packages_of_figures_and_documents(tmp_path):
    asked = "import django; django.setup(); import commonweal_site.urls"
    assert imported_by(asked, _LARGE, tmp_path) == "[]"


def test_the_command_says_what_it_can_do_without_the_web_or_the_record(tmp_path):
    asked = "from commonweal_site.command import _parser; _parser().format_help()"
    shunned = (*_LARGE, "commonweal.vocabulary", "django", "numpy")
    assert imported_by(asked, shunned, tmp_path) == "[]"


def imported_by(asked, shunned, folder):
    """Which of the packages to be shunned a new process has imported after doing something."""
    settings = {"COMMONWEAL_DIR": str(folder)}
    settings["DJANGO_SETTINGS_MODULE"] = "commonweal_site.settings"
    told = f"; import sys; print(sorted(set(sys.modules) & set({shunned!r})))"
    done = subprocess.run(
        [sys.executable, "-c", asked + told], env=os.environ | settings, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
