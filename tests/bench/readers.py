#!/usr/bin/env python3
"""Reads every form of export with a reader that others wrote, over a dataset: rispy, bibtexparser, pandas, json.

    tests/bench/readers.py DATASET.ndjson [--program target/debug/trialdex]

The readers are installed below target/readers. None of them is needed by the program or by its tests.
"""

import argparse
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACE = ROOT / "target" / "readers"
READERS = ["rispy", "bibtexparser<2", "pandas", "duckdb"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("dataset", type=pathlib.Path)
    arguments.add_argument("--program", default=ROOT / "target" / "debug" / "trialdex", type=pathlib.Path)
    arguments = arguments.parse_args()
    python = PLACE / "bin" / "python"
    if pathlib.Path(sys.prefix) != PLACE:
        if not python.exists():
            venv.create(PLACE, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "-q", *READERS], check=True)
        os.execv(python, [python, __file__, *sys.argv[1:]])
    check(arguments.program.resolve(), arguments.dataset.resolve())


def check(program, dataset):
    from bibtexparser.bparser import BibTexParser
    import pandas
    import rispy

    home = tempfile.TemporaryDirectory()
    environment = {"HOME": home.name, "XDG_DATA_HOME": home.name, "USER": "reader", "PATH": os.environ["PATH"]}

    def run(*arguments):
        command = [program, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    def search(form):
        return run("search", "-d", dataset, "--format", form)

    def export(form, *more):
        return run("marks", "export", "-d", dataset, "--format", form, *more)

    ids = search("ids").split()
    known = set(ids)
    records = {}
    for line in dataset.read_text("utf-8").splitlines():
        record = json.loads(line)
        records[record["protocolSection"]["identificationModule"]["nctId"]] = record["protocolSection"]
    failures = []

    def same(what, found):
        found = list(found)
        good = len(found) == len(ids) and set(found) == known
        print(f"{what}: {len(found)} of {len(ids)} {'read' if good else 'WRONG'}")
        if not good:
            failures.append(what)

    # A title with an escape or an entity is written without it.
    def told(text):
        return bool(text) and not set(text) & set("\\&*_<") and text == " ".join(text.split())

    def titles(what, found):
        wrong = []
        for study, title in found:
            module = records[study]["identificationModule"]
            wanted = module.get("officialTitle") or module.get("briefTitle") or study
            if told(wanted) and wanted.isascii() and title != wanted:
                wrong.append((study, title, wanted))
        print(f"{what}: titles {'WRONG ' + repr(wrong[:2]) if wrong else 'as registered'}")
        if wrong:
            failures.append(what)

    chunk = 500
    for start in range(0, len(ids), chunk):
        some = ids[start : start + chunk]
        run("marks", "set", *some, "--decision", ["include", "exclude", "maybe"][start // chunk % 3], "--tag", "+x",
            "--note", 'two\nlines, "quoted"')

    for what, text in [("RIS", search("ris")), ("RIS with marks", export("ris"))]:
        entries = rispy.loads(text)
        same(what, (entry["accession_number"] for entry in entries))
        titles(what, ((entry["accession_number"], entry["title"]) for entry in entries))
        assert all(entry["type_of_reference"] == "DBASE" and entry["id"] == entry["accession_number"] for entry in entries)
    labels = {"ASReview_relevant", "ASReview_irrelevant", "ASReview_not_seen"}
    assert all(labels & set(entry["notes"]) for entry in entries)

    parser = BibTexParser(common_strings=True)
    entries = parser.parse(search("bibtex")).entries
    same("BibTeX", (entry["ID"] for entry in entries))
    plain = lambda entry: entry["title"].strip("{}").replace("\\", "")
    titles("BibTeX", ((entry["ID"], plain(entry)) for entry in entries))

    items = json.loads(search("csl"))
    same("CSL-JSON", (item["id"] for item in items))
    titles("CSL-JSON", ((item["id"], item["title"]) for item in items))

    for form, separator in [("csv", ","), ("tsv", "\t")]:
        for what, text in [(form.upper(), search(form)), (f"{form.upper()} with marks", export(form))]:
            same(what, pandas.read_csv(io.StringIO(text), sep=separator, dtype=str)["nctId"])
    same("CSV with a mark of order", pandas.read_csv(io.BytesIO(export("csv", "--bom").encode()), dtype=str)["nctId"])

    for form, column, title in [
        ("asreview", "record_id", "title"), ("rayyan", "key", "title"), ("covidence", "Accession Number", "Title"),
    ]:
        table = pandas.read_csv(io.StringIO(export(form)), dtype=str, keep_default_na=False)
        same(form, table[column])
        titles(form, zip(table[column], table[title]))
        if form == "asreview":
            assert set(table["included"]) == {"0", "1", ""}, set(table["included"])

    same("NDJSON", (json.loads(line)["protocolSection"]["identificationModule"]["nctId"]
                    for line in export("ndjson").splitlines()))

    tables(run, dataset, records, failures, pathlib.Path(home.name))

    # What went out for a tool comes back as it was.
    before = [json.loads(line) for line in run("marks", "list", "--format", "json").splitlines()]
    decided = {mark["id"]: mark["decision"] for mark in before}
    for form in ["ris", "asreview", "rayyan", "csv"]:
        file = pathlib.Path(home.name) / f"back.{form}"
        file.write_text(export(form), "utf-8")
        run("marks", "import", file, "--apply", "--collection", f"back-{form}")
        listed = run("marks", "list", "--format", "json", "--collection", f"back-{form}").splitlines()
        back = {mark["id"]: mark["decision"] for mark in map(json.loads, listed)}
        print(f"{form} and back: {len(back)} decisions {'as they were' if back == decided else 'WRONG'}")
        if back != decided:
            failures.append(f"{form} and back")

    home.cleanup()
    sys.exit(f"wrong: {', '.join(failures)}" if failures else 0)


def tables(run, dataset, records, failures, place):
    """The tables named as AACT's: as CSV, and by load.sql in SQLite and in DuckDB, say the same and what is registered."""
    import csv
    import duckdb
    import sqlite3

    folder = place / "aact"
    run("search", "-d", dataset, "--format", "aact", "--output", folder)
    script = (folder / "load.sql").read_text("utf-8")
    lite, duck = sqlite3.connect(":memory:"), duckdb.connect(":memory:")
    lite.executescript(script)
    duck.execute(script)
    names = sorted(path.stem for path in folder.glob("*.csv"))
    wrong, rows = [], 0
    for name in names:
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            heading, *listed = csv.reader(file)
        of_lite = lite.execute(f'SELECT * FROM "{name}"').fetchall()
        of_duck = duck.execute(f'SELECT * FROM "{name}"').fetchall()
        shown = lambda cell: "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
        # Without a type SQLite keeps 1 for true.
        types = [row[1] for row in duck.execute(f'DESCRIBE "{name}"').fetchall()]
        as_number = lambda cell, kind: cell if kind != "DOUBLE" or cell == "" else str(float(cell))
        as_written = [tuple(as_number(cell, kind) for cell, kind in zip(row, types)) for row in listed]
        in_duck = [tuple(map(shown, row)) for row in of_duck]
        truth = {1: "true", 0: "false"}
        in_lite = [
            tuple(truth.get(cell, "") if kind == "BOOLEAN" else shown(cell) for cell, kind in zip(row, types))
            for row in of_lite
        ]
        if not (as_written == in_duck == in_lite):
            bad = [trio for trio in zip(as_written, in_duck, in_lite) if len(set(trio)) > 1][:1]
            wrong.append((name, len(as_written), len(in_duck), len(in_lite), bad))
        rows += len(listed)
    print(f"AACT: {len(names)} tables, {rows} rows {'WRONG ' + repr(wrong) if wrong else 'alike in CSV, SQLite, DuckDB'}")
    failures.extend(name for name, *_ in wrong)

    def registered(what, query, wanted):
        found = set(duck.execute(query).fetchall())
        good = found == wanted
        print(f"AACT {what}: {len(found)} {'as registered' if good else f'WRONG {list(found ^ wanted)[:2]}'}")
        if not good:
            failures.append(f"AACT {what}")

    plain = lambda text: bool(text) and text.isascii() and "\t" not in text and "\r" not in text
    at = lambda record, *path: [record := (record or {}).get(key) for key in path][-1]
    registered("criteria", "SELECT nct_id, criteria FROM eligibilities WHERE criteria IS NOT NULL", {
        (study, text) if plain(text) else next(iter(duck.execute(
            "SELECT nct_id, criteria FROM eligibilities WHERE nct_id = ?", [study]).fetchall()))
        for study, record in records.items() if (text := at(record, "eligibilityModule", "eligibilityCriteria"))
    })
    registered("enrollment", "SELECT nct_id, enrollment FROM studies WHERE enrollment IS NOT NULL", {
        (study, count) for study, record in records.items()
        if (count := at(record, "designModule", "enrollmentInfo", "count")) is not None
    })
    registered("conditions", "SELECT nct_id, count(*) FROM conditions GROUP BY nct_id", {
        (study, len(names)) for study, record in records.items() if (names := at(record, "conditionsModule", "conditions"))
    })
    registered("places", "SELECT nct_id, country, count(*) FROM facilities GROUP BY ALL", {
        (study, country, sum(site.get("country") == country for site in sites))
        for study, record in records.items() if (sites := at(record, "contactsLocationsModule", "locations"))
        for country in {site.get("country") for site in sites}
    })
    registered("outcomes", "SELECT nct_id, outcome_type, count(*) FROM design_outcomes GROUP BY ALL", {
        (study, kind, len(listed)) for study, record in records.items() for kind in ["primary", "secondary", "other"]
        if (listed := at(record, "outcomesModule", f"{kind}Outcomes"))
    })


main()
