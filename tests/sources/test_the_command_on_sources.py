"""`commonweal sources`: what can be asked, asking it, and what is made of the answers."""

import csv
import gzip
import io
import json
import zipfile
from datetime import date, timedelta

import pytest

from commonweal.bodies.facts import Body
from commonweal.record.naming import Code
from commonweal_site.command import main
from commonweal_site.commands_figures import SOURCES
from commonweal_site.outcomes.importing import _TAKES
from commonweal_site.outcomes.keeping import Store
from commonweal_site.sources.connectors import connectors
from tests.commands.conftest import Ran
from tests.making import a, record_of
from tests.sources.test_activity import TOTAL, monthly
from tests.sources.test_connecting import Answer, Made, ok
from tests.sources.test_fingertips import row
from tests.sources.test_organisations import HUB
from tests.sources.test_populations import nomis
from tests.sources.test_weeks_waited import waiting

FINGERTIPS = ("fingertips", "--with", "indicator=92443", "--with", "areas=502")
METADATA = {
    "92443": {
        "IID": 92443, "Descriptive": {"Name": "Smoking prevalence in adults"},
        "Unit": {"Value": 100, "Label": "%"}, "ValueType": {"Id": 5, "Name": "Proportion"},
    }
}  # fmt: skip
SQUARE = {"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]]}
DAY = date(2022, 7, 1)
SHAPES = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "properties": {"ICB23CD": "E54000042"}, "geometry": SQUARE}],
}


CODED = a("test/code/hub", Code(of="test/body/hub", type="ODS", code="97T"))
ON_RECORD = record_of(
    a("test/body/hub", Body(name="The Hub", type="integrated care board")), CODED
)(DAY)


def table(*rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return ok(text.getvalue().encode())


def told(data):
    return ok(json.dumps(data).encode())


@pytest.fixture
def sources(tmp_path, capsys, settings, monkeypatch):
    """The command in this process, in a world that is made up and a folder of its own."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("commonweal_site.command._open", lambda *_, **__: None)
    monkeypatch.setattr("commonweal_site.outcomes.importing.boards_by_year", lambda *_: {})

    def command(*arguments, made=None):
        made = made or Made()
        # Of the profiles it is asked first what the indicators are.
        if arguments[: len(FINGERTIPS) + 1] == ("fetch", *FINGERTIPS) and made.answers:
            made.answers.insert(0, told(METADATA))
        world = made.world()
        monkeypatch.setattr("commonweal_site.sources.connecting.real_world", lambda: world)
        code = main(["sources", *map(str, arguments)])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    command.store = Store(tmp_path / "figures")
    return command


def test_every_source_says_where_for_what_and_on_what_terms(sources):
    listed = json.loads(sources("list", "--format", "json").out)
    assert {each["name"] for each in listed} == set(connectors())
    for each in listed:
        assert each["licence"].startswith("Open Government Licence")
        assert each["address"].startswith(f"https://{each['hosts'][0]}/")
        assert each["about"].startswith("https://")
    text = sources("list").out
    assert all(f"{name}: {each.title}" in text for name, each in connectors().items())


def test_a_dry_run_prints_the_request_and_asks_nothing(sources):
    made = Made()
    ran = sources("fetch", *FINGERTIPS, "--dry-run", made=made)
    assert (ran.code, made.asked) == (0, [])
    assert (
        "GET https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
        "?indicator_ids=92443&child_area_type_id=502&parent_area_type_id=15"
    ) in ran.out
    assert "Nothing was asked or written." in ran.out


def test_an_answer_is_read_and_not_written_until_somebody_says_so(sources):
    made = Made(table(row()))
    ran = sources("fetch", *FINGERTIPS, made=made)
    assert ran.code == 0
    assert "1 figure of 1 indicator, 1 area" in ran.out
    assert "Nothing was written. Say --write" in ran.out
    assert sources.store.revisions() == ()


def test_what_is_written_knows_the_address_the_time_and_the_hash_it_came_from(sources):
    answer = table(row())
    ran = sources("fetch", *FINGERTIPS, "--write", "--format", "json", made=Made(answer))
    said = json.loads(ran.out)
    (revision,) = sources.store.revisions()
    assert (said["done"], revision.checksum) == ("Written as revision 1.", said["sha256"])
    assert revision.remarks == (f"fetched from {said['address']}, 2026-11-22T12:00:00Z",)
    assert sources.store.engine("fingertips-92443").files


def test_a_fresh_answer_is_read_again_without_asking_and_an_old_one_if_told_to(sources):
    first = Made(table(row()))
    sources("fetch", *FINGERTIPS, made=first)
    assert sources("fetch", *FINGERTIPS, made=Made()).code == 0
    late = Made()
    late.now += timedelta(days=400)
    assert sources("fetch", *FINGERTIPS, "--kept", made=late).code == 0
    assert "Would ask" in sources("fetch", *FINGERTIPS, "--dry-run", made=late).out


def test_nothing_kept_is_said_to_be_so(sources):
    ran = sources("fetch", *FINGERTIPS, "--kept")
    assert (ran.code, "Fetch it without --kept" in ran.err) == (2, True)


def test_rows_that_are_wrong_are_named_and_refused_unless_left_out(sources):
    bad = table(row(), row(**{"Value": "many", "Area Code": "E06000044"}))
    ran = sources("fetch", *FINGERTIPS, made=Made(bad))
    assert ran.code == 1
    assert "row 3, Value, “many”: It is no number." in ran.out
    refused = sources("fetch", *FINGERTIPS, "--write")
    assert (refused.code, "--leave-out" in refused.err) == (2, True)
    assert sources.store.revisions() == ()
    assert sources("fetch", *FINGERTIPS, "--write", "--leave-out").code == 0
    assert len(sources.store.revisions()) == 1


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ([Answer(429, {"retry-after": "9000"})], "left alone for 9,000 seconds"),
        ([Answer(500, {})] * 4, "it answered 500"),
        ([Answer(200, {"content-length": "900"}, b"Indicator ID")] * 4, "broke off after 12"),
        ([table({"Indicator": "1", "Area Code": "E06000045"})], "has a column 'Indicator ID'"),
        ([ok(b"<!doctype html><p>Sorry")], "a web page in place of data"),
        ([ok(b'a,b\n"1,2\n3,4,5,6\n')], "cannot be read as a table"),
        ([Answer(404, {})], "There is nothing at"),
    ],
)
def test_each_way_of_not_answering_has_its_own_sentence_and_writes_nothing(
    sources, answers, because
):
    ran = sources("fetch", *FINGERTIPS, "--write", made=Made(*answers))
    assert (ran.code, because in ran.err) == (2, True), ran.err
    assert sources.store.revisions() == ()


def test_a_source_that_was_busy_and_then_answers_is_read(sources):
    made = Made(Answer(429, {"retry-after": "3"}), Answer(500, {}), table(row()))
    assert sources("fetch", *FINGERTIPS, made=made).code == 0
    assert len(made.asked) == 4


def test_what_is_fetched_is_judged_as_its_metadata_say(sources):
    sources("fetch", *FINGERTIPS, "--write", made=Made(table(row())))
    measure = sources.store.measure("fingertips-92443")
    assert (measure.name, measure.method, measure.per) == (
        "Smoking prevalence in adults", "proportion", 100,
    )  # fmt: skip


def test_an_indicator_that_the_metadata_do_not_have_is_a_fault(sources):
    other = table(row(**{"Indicator ID": "1"}))
    ran = sources("fetch", *FINGERTIPS, made=Made(other))
    assert (ran.code, "The list of indicators does not have it" in ran.out) == (1, True)


def test_what_an_indicator_is_is_read_from_the_metadata(sources):
    ran = sources(
        "fetch", "fingertips-metadata", "--with", "indicator=92443", made=Made(told(METADATA))
    )
    assert "fingertips-92443: Smoking prevalence in adults. Method: proportion, per 100" in ran.out
    assert "only to be read" in ran.out


def test_metadata_of_another_form_is_refused(sources):
    made = Made(told({"92443": {"Name": "Smoking"}}))
    ran = sources("fetch", "fingertips-metadata", "--with", "indicator=92443", made=made)
    assert (ran.code, "changed its form" in ran.err) == (2, True)


def test_an_organisation_is_said_with_its_days_and_whom_it_took_over_from(sources, monkeypatch):
    made = Made(told({"Organisation": HUB}))
    monkeypatch.setattr("commonweal_site.command._snapshot", lambda _: ON_RECORD)
    ran = sources("fetch", "organisation", "--with", "code=97T", made=made)
    assert "97T, SOUTH EAST - H&J COMMISSIONING HUB: open." in ran.out
    assert "RO98, its role above all: operational from 2019-10-25" in ran.out
    assert "It took over from 14V, 14W." in ran.out
    assert "On record on 1 July 2022: test/body/hub.\nIts name on record is “The Hub”." in ran.out


def test_people_come_from_nomis_and_an_answer_as_long_as_it_may_be_is_refused(sources):
    asking = ("fetch", "populations", "--with", "areas=E06000045")
    ran = sources(*asking, made=Made(table(nomis())))
    assert "1 figure of 1 indicator" in ran.out
    long = table(nomis(), *[nomis(MEASURES_NAME="Percent")] * 24_999)
    ran = sources(*asking, "--anew", made=Made(long))
    assert (ran.code, "Ask for fewer areas" in ran.err) == (2, True)


def test_a_month_of_emergency_departments_is_read(sources):
    file = "file=2022/05/April-2022-AE-by-provider-abc12.csv"
    made = Made(table(monthly(), monthly(**TOTAL)))
    ran = sources("fetch", "emergency", "--with", file, made=made)
    assert "6 figures of 2 indicators, 1 area" in ran.out
    assert "Put right, row of totals: 1" in ran.out


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return ok(content.getvalue())


WAITS = ("waiting-times", "--with", "file=2026/06/Full-CSV-data-file-Apr26-ZIP-4M.zip")


def test_the_full_extract_of_waiting_times_is_unpacked_and_read(sources):
    made = Made(packed(extract=table(waiting()).content))
    assert "4 figures of 4 indicators, 1 area" in sources("fetch", *WAITS, made=made).out


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (packed(), "0 CSVs in it"),
        (packed(one="a,b", other="a,b"), "2 CSVs in it"),
        (ok(b"PK\x03\x04 and no more"), "no zip file, or a broken one"),
    ],
)
def test_a_zip_file_that_does_not_have_the_one_file_is_refused(sources, answer, because):
    ran = sources("fetch", *WAITS, made=Made(answer))
    assert (ran.code, because in ran.err) == (2, True), ran.err


def test_a_zip_file_that_would_fill_the_memory_is_not_unpacked(sources, monkeypatch):
    monkeypatch.setattr("commonweal_site.sources.fetching.LARGEST", 2)
    ran = sources("fetch", *WAITS, made=Made(packed(extract="a,b")))
    assert "more than the 2 that are taken" in ran.err


def test_boundaries_are_counted_and_a_layer_that_was_cut_off_is_refused(sources):
    assert "1 shape." in sources("fetch", "boundaries", made=Made(told(SHAPES))).out
    cut = SHAPES | {"properties": {"exceededTransferLimit": True}}
    ran = sources("fetch", "boundaries", "--anew", made=Made(told(cut)))
    assert (ran.code, "more shapes than the portal gives" in ran.err) == (2, True)


@pytest.mark.django_db
def test_boundaries_that_are_written_are_on_record(sources, tmp_path):
    ran = sources("fetch", "boundaries", "--write", made=Made(told(SHAPES)))
    assert (ran.code, "can be drawn with their borders" in ran.out) == (0, True), ran.err
    assert [each.suffix for each in (tmp_path / "boundaries").iterdir()] == [".geojson"]
    assert "had this very file" in sources("fetch", "boundaries", "--write").out


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (("fingertip",), "Did you mean 'fingertips'"),
        (("fingertips",), "Say --with indicator=…: numbers of indicators"),
        ((*FINGERTIPS, "--with", "area=1"), "Did you mean 'areas'"),
        (("organisation", "--with", "code=../../x"), "“../../x” is no code"),
        (("organisation", "--with", "code"), "write --with code=THIS"),
        (("emergency", "--with", "file=2022/05/../../x.csv"), "is no file"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why_and_asks_nothing(sources, arguments, because):
    made = Made()
    ran = sources("fetch", *arguments, made=made)
    assert (ran.code, because in ran.err, made.asked) == (2, True, []), ran.err


def test_the_status_says_what_came_from_where_and_when(sources, tmp_path):
    assert "No source has been asked yet" in sources("status").out
    sources("fetch", *FINGERTIPS, made=Made(table(row())))
    ran = sources("status")
    assert "indicator_ids=92443" in ran.out
    assert "came 22 November 2026 at 12:00 UTC" in ran.out
    kept, _ = json.loads(sources("status", "--format", "json").out)
    assert (kept["answers"], kept["whole"]) == (1, True)
    (tmp_path / "sources" / "answers" / kept["sha256"]).write_text("other")
    assert "its file was changed since, and is not used" in sources("status").out


@pytest.mark.parametrize("name", connectors())
def test_every_file_that_is_fetched_has_an_importer(name):
    source = connectors()[name].source
    assert (source in SOURCES) == (connectors()[name].gives == "csv")


def test_every_source_that_the_command_names_has_an_importer():
    assert set(SOURCES) == set(_TAKES)


def test_a_packed_file_of_any_source_is_taken_in(sources, tmp_path, capsys):
    file = tmp_path / "people.csv.gz"
    file.write_bytes(gzip.compress(table(nomis()).content))
    assert main(["outcomes", "import", str(file), "--source", "populations"]) == 0
    assert "1 figure of 1 indicator, 1 area" in capsys.readouterr().out
    assert sources.store.revisions()[0].rows == {"population": 1}
