"""The demonstration loads, and then serves in a program that begins afresh."""

import argparse
import os
import sys

import pytest

from commonweal_site import command


class Begun(Exception):
    """In place of the program that takes over."""


def test_what_loaded_the_record_is_not_what_serves_it(monkeypatch):
    # a server that forked from it would wait for ever on the threads that loading left
    def begin(program, words):
        raise Begun(program, words)

    monkeypatch.setattr(os, "execv", begin)
    asked = argparse.Namespace(host="127.0.0.1", port=8123, workers=2)
    with pytest.raises(Begun) as begun:
        command._serve_anew(asked)
    program, words = begun.value.args
    assert program == sys.executable
    assert words[1:4] == ["-m", "commonweal_site.command", "serve"]
    assert words[words.index("--port") + 1] == "8123"
    assert words[words.index("--workers") + 1] == "2"
