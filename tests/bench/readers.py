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
READERS = ["rispy", "bibtexparser<2", "pandas"]


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

    # What went out for a tool comes back as it was.
    before = [json.loads(line) for line in run("marks", "list", "--format", "json").splitlines()]
    decided = {mark["id"]: mark["decision"] for mark in before}
    for form in ["ris", "asreview"]:
        file = pathlib.Path(home.name) / f"back.{form}"
        file.write_text(export(form), "utf-8")
        run("marks", "import", file, "--apply", "--collection", f"back-{form}")
        listed = run("marks", "list", "--format", "json", "--collection", f"back-{form}").splitlines()
        back = {mark["id"]: mark["decision"] for mark in map(json.loads, listed)}
        wanted = {study: decision for study, decision in decided.items() if form == "ris" or decision != "maybe"}
        back = {study: decision for study, decision in back.items() if decision}
        print(f"{form} and back: {len(back)} decisions {'as they were' if back == wanted else 'WRONG'}")
        if back != wanted:
            failures.append(f"{form} and back")

    home.cleanup()
    sys.exit(f"wrong: {', '.join(failures)}" if failures else 0)


main()
