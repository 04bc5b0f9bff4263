"""How a source is asked: manners, what is kept, and each way in which an answer can be no answer.

No test asks a source. Most are asked of a world made up here; the last ones of a server on this
machine.
"""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal_site.sources import connecting
from commonweal_site.sources.answers import Answers, NothingKept
from commonweal_site.sources.connecting import (
    Answer,
    CannotFetch,
    Connection,
    Manners,
    NoAnswer,
    NotAllowed,
    World,
)

HERE = "https://data.example/figures.csv"
DAY = timedelta(days=1)
CSV = b"area,count\nE92000001,7\n"


class Made:
    """A world in which each question gets the next of some answers, and waiting takes no time."""

    def __init__(self, *answers, chance=0.0):
        self.answers, self.chance = list(answers), chance
        self.asked, self.waits, self.said = [], [], []
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def send(self, address, headers, *_):
        self.asked.append((address, dict(headers)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ticks(self):
        return self.now.timestamp()

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)

    def world(self):
        return World(
            self.send, lambda: self.now, self.ticks, self.wait,
            lambda: self.chance, self.said.append,
        )  # fmt: skip


def ok(content=CSV, **headers):
    named = {name.replace("_", "-"): said for name, said in headers.items()}
    return Answer(200, {"content-length": str(len(content))} | named, content)


@pytest.fixture
def connect(tmp_path):
    def connected(made, **manners):
        hosts = {"data.example"}
        return Connection(Answers(tmp_path), hosts, made.world(), Manners(**manners))

    return connected


def test_an_answer_is_kept_as_it_came_with_its_hash_time_and_address(connect):
    made = Made(ok(etag='"7"', last_modified="Sat, 21 Nov 2026 09:30:00 GMT"))
    line = connect(made)
    kept = line.get(HERE, fresh_for=DAY)
    assert line.answers.content(kept) == CSV
    assert (kept.address, kept.received, kept.size) == (HERE, made.now, len(CSV))
    assert kept.sha256 == hashlib.sha256(CSV).hexdigest()


def test_while_an_answer_is_fresh_its_source_is_not_asked_again(connect):
    made = Made(ok())
    line = connect(made)
    first = line.get(HERE, fresh_for=DAY)
    made.now += DAY - timedelta(seconds=1)
    assert line.get(HERE, fresh_for=DAY) == first
    assert len(made.asked) == 1


def test_an_answer_that_is_no_longer_fresh_is_asked_after_with_what_it_came_with(connect):
    modified = "Sat, 21 Nov 2026 09:30:00 GMT"
    made = Made(ok(etag='"7"', last_modified=modified), Answer(304, {}))
    line = connect(made)
    first = line.get(HERE, fresh_for=DAY)
    made.now += DAY
    again = line.get(HERE, fresh_for=DAY)
    headers = made.asked[1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"7"', modified)
    assert (again.sha256, again.received) == (first.sha256, first.received)
    assert again.checked == made.now
    assert line.answers.newest(HERE) == again


def test_what_has_changed_is_kept_beside_what_was_there_before(connect):
    made = Made(ok(), ok(b"area,count\nE92000001,8\n"))
    line = connect(made)
    first = line.get(HERE, fresh_for=DAY)
    second = line.get(HERE, fresh_for=DAY, anew=True)
    assert [each.sha256 for each in line.answers.of(HERE)] == [first.sha256, second.sha256]
    assert line.answers.content(first) == CSV


def test_an_answer_whose_file_was_changed_is_as_good_as_none(connect):
    made = Made(ok(), ok())
    line = connect(made)
    kept = line.get(HERE, fresh_for=DAY)
    line.answers.path(kept).write_bytes(b"area,count\nE92000001,70\n")
    assert line.answers.newest(HERE) is None
    with pytest.raises(NothingKept, match="no longer as it came"):
        line.answers.content(kept)
    line.get(HERE, fresh_for=DAY)
    assert "If-None-Match" not in made.asked[1][1]


@pytest.mark.parametrize(
    "address",
    [
        "http://data.example/figures.csv",
        "https://elsewhere.example/figures.csv",
        "https://data.example.evil.example/figures.csv",
        "https://data.example@evil.example/",
        "https://user@data.example/figures.csv",
        "https://data.example:8443/figures.csv",
        "file:///etc/passwd",
    ],
)
def test_only_the_hosts_of_a_source_are_asked_and_only_over_https(connect, address):
    made = Made()
    with pytest.raises(NotAllowed, match=r"only over https, at data\.example"):
        connect(made).get(address, fresh_for=DAY)
    assert made.asked == []


def test_a_source_may_send_us_on_within_its_hosts_and_not_beyond(connect):
    made = Made(Answer(302, {"location": "/new.csv"}), ok())
    connect(made).get(HERE, fresh_for=DAY)
    assert made.asked[1][0] == "https://data.example/new.csv"
    away = Made(Answer(302, {"location": "https://evil.example/"}))
    with pytest.raises(NotAllowed, match="evil"):
        connect(away).get(HERE, fresh_for=DAY, anew=True)


def test_a_source_that_sends_us_round_in_circles_is_given_up(connect):
    made = Made(*[Answer(301, {"location": HERE})] * 4)
    with pytest.raises(CannotFetch, match="more than 3 times"):
        connect(made).get(HERE, fresh_for=DAY)


def test_after_a_fault_of_the_source_it_is_asked_again_each_time_later(connect):
    made = Made(Answer(500, {}), Answer(503, {}), NoAnswer("no route"), ok(), chance=1.0)
    assert connect(made, apart=0).get(HERE, fresh_for=DAY).size == len(CSV)
    assert made.waits == [2, 4, 8]
    assert made.said[0] == "No answer of data.example yet: it answered 500. Asking again in 2 s."
    assert "no route" in made.said[2]


@given(chance=st.floats(0, 1), number=st.integers(0, 40))
@settings(deadline=None)
def test_a_wait_is_by_chance_between_half_and_all_and_never_above_the_longest(chance, number):
    world = Made(chance=chance).world()
    line = Connection(Answers(None), (), world, Manners(first_wait=2, longest=120))
    assert min(2 * 2**number, 120) / 2 <= line._back_off(number) <= 120


def test_a_source_that_says_how_long_to_wait_is_left_alone_so_long(connect):
    made = Made(Answer(429, {"retry-after": "30"}), ok())
    connect(made, apart=0).get(HERE, fresh_for=DAY)
    assert made.waits == [30]
    dated = Made(Answer(429, {"retry-after": "Sun, 22 Nov 2026 12:00:50 GMT"}), ok())
    connect(dated, apart=0).get(HERE, fresh_for=DAY, anew=True)
    assert dated.waits == [50]


def test_a_source_that_wants_to_be_left_alone_for_long_is_not_waited_for(connect):
    made = Made(Answer(429, {"retry-after": "3600"}))
    with pytest.raises(CannotFetch, match="left alone for 3,600 seconds"):
        connect(made).get(HERE, fresh_for=DAY)
    assert made.waits == []


def test_after_as_many_tries_as_there_are_it_is_said_why_and_what_to_do(connect):
    made = Made(*[Answer(502, {})] * 4)
    with pytest.raises(CannotFetch, match=r"in 4 tries: it answered 502.*again later\.$"):
        connect(made).get(HERE, fresh_for=DAY)
    assert len(made.asked) == 4
    later = Made(ok(), *[Answer(502, {})] * 4)
    line = connect(later)
    line.get(HERE, fresh_for=DAY)
    with pytest.raises(CannotFetch, match="say --kept to use what was kept"):
        line.get(HERE, fresh_for=DAY, anew=True)


def test_two_questions_to_one_host_are_apart(connect):
    made = Made(ok(), ok())
    line = connect(made, apart=5)
    line.get(HERE, fresh_for=DAY)
    made.now += timedelta(seconds=2)
    line.get(f"{HERE}?page=2", fresh_for=DAY)
    assert made.waits == [3]


def test_a_body_that_broke_off_is_asked_for_again_and_never_kept(connect):
    cut = Answer(200, {"content-length": "23"}, CSV[:10])
    made = Made(cut, ok())
    line = connect(made)
    assert line.answers.content(line.get(HERE, fresh_for=DAY)) == CSV
    broken = Made(*[cut] * 4)
    with pytest.raises(CannotFetch, match="broke off after 10 of 23 bytes"):
        connect(broken).get(f"{HERE}?b", fresh_for=DAY)
    assert line.answers.newest(f"{HERE}?b") is None


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (Answer(404, {}, b"gone"), "There is nothing at"),
        (Answer(403, {}, b"Key needed"), "answered 403: Key needed"),
        (ok(b"\xef\xbb\xbf\n<!DOCTYPE html><title>Down</title>"), "a web page in place of data"),
        (ok(b"<HTML>"), "a web page in place of data"),
        (ok(b""), "nothing in it"),
        (ok(b"x" * 101), "larger than 100 bytes"),
    ],
)
def test_an_answer_that_cannot_be_used_says_which_and_is_not_kept(connect, answer, because):
    line = connect(Made(answer), largest=100)
    with pytest.raises(CannotFetch, match=because):
        line.get(HERE, fresh_for=DAY)
    assert line.answers.every() == ()


def test_what_would_be_asked_is_said_and_nothing_is_asked(connect):
    made = Made(ok(etag='"7"'))
    line = connect(made)
    first = line.would(HERE, fresh_for=DAY)
    assert (first["ask"], first["address"], first["kept"]) == (True, HERE, None)
    assert made.asked == []
    line.get(HERE, fresh_for=DAY)
    assert line.would(HERE, fresh_for=DAY)["ask"] is False
    anew = line.would(HERE, fresh_for=DAY, anew=True)
    assert (anew["ask"], anew["headers"]["If-None-Match"]) == (True, '"7"')


# --- over a real socket ------------------------------------------------------------------------


class Source(BaseHTTPRequestHandler):
    """A source on this machine."""

    def do_GET(self):
        status, headers, body = {
            "/good": (200, {"ETag": '"7"'}, CSV),
            "/moved": (302, {"Location": "/good"}, b""),
            "/busy": (429, {"Retry-After": "9"}, b"later"),
            "/cut": (200, {"Content-Length": "99"}, CSV),
        }[self.path]
        self.send_response(status)
        for name, said in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(autouse=True)
def straight(monkeypatch):
    """This machine is asked straight, whatever stands between it and the world."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def source():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Source)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def asked(source, path):
    return connecting.send(f"{source}{path}", {"User-Agent": "a test"}, 60, 1_000)


def test_the_network_gives_status_headers_by_lower_case_name_and_content(source):
    found = asked(source, "/good")
    assert (found.status, found.headers["etag"], found.content) == (200, '"7"', CSV)


def test_a_refusal_is_an_answer_and_a_redirection_is_not_followed_unseen(source):
    busy, moved = asked(source, "/busy"), asked(source, "/moved")
    assert (busy.status, busy.headers["retry-after"]) == (429, "9")
    assert (moved.status, moved.headers["location"]) == (302, "/good")


def test_a_body_shorter_than_was_said_is_seen_to_be_cut(source, tmp_path):
    world = Made().world()._replace(send=lambda _, *more: connecting.send(f"{source}/cut", *more))
    line = Connection(Answers(tmp_path), {"data.example"}, world, Manners(tries=1))
    with pytest.raises(CannotFetch, match="broke off after 23"):
        line.get(HERE, fresh_for=DAY)


def test_where_nobody_listens_there_is_no_answer(source):
    with pytest.raises(NoAnswer, match=r"\w"):
        connecting.send("http://127.0.0.1:1/", {}, 60, 1_000)
