#!/usr/bin/env python3
"""Reads every form of export with a reader that others wrote, over a dataset: rispy, bibtexparser, pandas, ASReview, html5lib, SQLite,
DuckDB.

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
READERS = ["rispy", "bibtexparser<2", "pandas", "pyarrow", "duckdb", "asreview", "html5lib"]


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
    program, dataset = arguments.program.resolve(), arguments.dataset.resolve()
    # ASReview writes a file where it is started.
    os.chdir(PLACE)
    check(program, dataset)


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

    asreview(export, known, same, failures, pathlib.Path(home.name))
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

    pages(run, export, dataset, ids, records, failures)
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

    for form, file, labels in BACK:
        name = f"asreview-{form}"
        run("marks", "import", file, "--apply", "--collection", name, "--by", "screener")
        listed = map(json.loads, run("marks", "list", "--format", "json", "--collection", name).splitlines())
        back = {mark["id"]: mark for mark in listed if mark["by"] == "screener"}
        wanted = {study: decision for study, decision in labels.items() if decision}
        # Our own remarks stay in RIS; a label that says the same brings nothing new.
        found = {study: mark["decision"] for study, mark in back.items() if mark["decision"]}
        told = {study: decision for study, decision in wanted.items() if form == "asreview" or decision != decided[study]}
        notes = sum(mark["note"] == 'say "no", or\nnot' for mark in back.values())
        good = found == told and notes == sum(decision == "include" for decision in labels.values())
        print(f"ASReview's {form} and back: {len(found)} decisions, {notes} notes {'as they were' if good else 'WRONG'}")
        if not good:
            failures.append(f"ASReview's {form} and back")

    home.cleanup()
    sys.exit(f"wrong: {', '.join(failures)}" if failures else 0)


def asreview(export, known, same, failures, place):
    """ASReview reads our RIS and our table with their labels, and what it writes of them comes back."""
    from asreview.data.ris import RISReader, RISWriter
    from asreview.data.tabular import CSVReader, CSVWriter

    for form, reader in [("ris", RISReader), ("asreview", CSVReader)]:
        file = place / f"asreview.{'ris' if form == 'ris' else 'csv'}"
        file.write_text(export(form), "utf-8")
        raw = reader.read_data(file)
        column = "accession_number" if form == "ris" else "record_id"
        same(f"ASReview of {form}", raw[column])
        records = reader.read_records(file, "ours")
        labels = {label: sum(record.included == label for record in records) for label in (1, 0, None)}
        empty = [record for record in records if not record.title or not record.abstract]
        print(f"ASReview of {form}: labels {labels}, {len(empty)} without title or abstract")
        if not labels[1] or not labels[0] or not labels[None] or len(empty) > len(known) // 50:
            failures.append(f"ASReview of {form}")
        # As ASReview exports: its own columns behind those that it was given.
        raw["asreview_label"] = [[1, 0, None][place % 3] for place in range(len(raw))]
        raw["asreview_label"] = raw["asreview_label"].astype("Int64") if form == "asreview" else raw["asreview_label"].astype(object).where(raw["asreview_label"].notna(), None)
        raw["asreview_note"] = ['say "no", or\nnot' if place % 3 == 0 else None for place in range(len(raw))]
        back = place / f"back-from-asreview{file.suffix}"
        (RISWriter if form == "ris" else CSVWriter).write_data(raw, back)
        yield_ = (form, back, {study: ["include", "exclude", ""][place % 3] for place, study in enumerate(raw[column])})
        BACK.append(yield_)


BACK = []


def pages(run, export, dataset, ids, records, failures):
    """Pages of HTML are well formed, load nothing, and can be read with the ears."""
    import html5lib
    from xml.etree import ElementTree

    def parsed(what, text):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        page = parser.parse(text)
        every = list(page.iter())
        tags = {element.tag for element in every}
        loads = [element.attrib for element in every if {"src", "srcset", "data", "action", "background"} & set(element.attrib)]
        links = {element.get("href") for element in every if element.get("href")}
        headings = [int(element.tag[1]) for element in every if element.tag in {"h1", "h2", "h3", "h4"}]
        wrong = [
            ("tags", tags & {"script", "link", "iframe", "img", "object", "form", "base"}),
            ("loads", loads),
            ("links", [link for link in links if not link.startswith("https://clinicaltrials.gov/study/NCT")]),
            ("language", page.get("lang") != "en"),
            ("main", sum(element.tag == "main" for element in every) != 1),
            ("headings", [step for step in zip([0, *headings], headings) if step[1] > step[0] + 1]),
            ("scope", [cell for cell in every if cell.tag == "th" and not cell.get("scope")]),
            ("address", "url(" in text or "@import" in text),
            ("handlers", [a for element in every for a in element.attrib if a.startswith("on")]),
        ]
        wrong = [(name, found) for name, found in wrong if found]
        print(f"{what}: {len(text)} characters {'WRONG ' + repr(wrong)[:400] if wrong else 'well formed, loads nothing'}")
        if wrong:
            failures.append(what)
        return page

    page = parsed("HTML", export("html"))
    articles = page.findall(".//article")
    text = lambda element: " ".join("".join(element.itertext()).split())
    titles = {article.find("h2").get("id"): text(article.find("h2")) for article in articles}
    plain = lambda title: title and title.isascii() and not set(title) & set("\\&*_<")
    wrong = [
        (study, titles.get(study), title) for study in ids
        if plain(title := records[study]["identificationModule"].get("briefTitle")) and titles.get(study) != " ".join(title.split())
    ]
    notes = [len(parsed(what, export("html", *more)).findall(".//blockquote")) for what, more in
             [("HTML without notes", []), ("HTML with notes", ["--notes"])]]
    decided = len(page.findall(".//p[@class='decision include']"))
    print(f"HTML: {len(articles)} of {len(ids)} articles, {len(wrong)} wrong titles, {decided} included, notes {notes}")
    if len(articles) != len(ids) or wrong or notes != [0, len(ids)] or not decided:
        failures.append("HTML")
    for some in (ids[:2], ids[2:7]):
        done = run("compare", "-d", dataset, *some, "--format", "html")
        parsed(f"comparison of {len(some)}", done)


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

    # A program that was built without Parquet says so.
    columnar = place / "parquet"
    try:
        run("search", "-d", dataset, "--format", "parquet", "--output", columnar)
    except subprocess.CalledProcessError as error:
        print(f"Parquet: skipped, {error.stderr.decode().strip()}")
    else:
        import pandas
        differing = [
            name for name in names
            if duck.execute(f'SELECT * FROM "{name}"').fetchall()
            != duckdb.sql(f"SELECT * FROM '{columnar / name}.parquet'").fetchall()
        ]
        count = len(pandas.read_parquet(columnar / "studies.parquet"))
        good = not differing and count == len(records)
        print(f"Parquet: {len(names)} tables, {count} trials {'alike in DuckDB and pandas' if good else f'WRONG {differing}'}")
        if not good:
            failures.append("Parquet")

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
