#!/usr/bin/env python3
"""Measures trialdex and its peers in one run over the same data, and prints one table of ratios.

    tests/bench/peers.py                       # over a made-up registry of 100,000 studies
    tests/bench/peers.py --studies 605599      # over one as large as the real one: 20 minutes, and 20 GB of disk
    tests/bench/peers.py --data studies.ndjson # over records of one's own, one a line

Everything it needs is installed below target/peers: DuckDB and fzf by pip, the rest by cargo. What cannot be installed
is left out, and the table says so. Times of one machine mean little; the ratios are what counts.
"""

import argparse
import fcntl
import json
import os
import platform
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import termios
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "target" / "peers"
CACHE = HERE / "home" / ".cache" / "trialdex"
NOTHING = "zqxjkvzqxjkv"  # no row has it, so fzf only reads
ENVIRONMENT = {**os.environ, "HOME": str(HERE / "home"), "XDG_CACHE_HOME": str(HERE / "home" / ".cache"),
               "XDG_CONFIG_HOME": str(HERE / "home"), "TERM": "xterm-256color"}

# The columns that the index of trialdex takes from a record, for DuckDB.
LIST = "VARCHAR[]"
DUCKDB_COLUMNS = {
    "protocolSection": f"""STRUCT(
        identificationModule STRUCT(nctId VARCHAR, nctIdAliases {LIST}, orgStudyIdInfo STRUCT(id VARCHAR),
            secondaryIdInfos STRUCT(id VARCHAR)[], briefTitle VARCHAR, officialTitle VARCHAR, acronym VARCHAR),
        statusModule STRUCT(overallStatus VARCHAR, startDateStruct STRUCT(date VARCHAR),
            lastUpdatePostDateStruct STRUCT(date VARCHAR)),
        sponsorCollaboratorsModule STRUCT(leadSponsor STRUCT(name VARCHAR, class VARCHAR),
            collaborators STRUCT(name VARCHAR)[]),
        conditionsModule STRUCT(conditions {LIST}, keywords {LIST}),
        designModule STRUCT(studyType VARCHAR, phases {LIST}, enrollmentInfo STRUCT(count BIGINT)),
        armsInterventionsModule STRUCT(interventions STRUCT("type" VARCHAR, name VARCHAR, otherNames {LIST})[]),
        eligibilityModule STRUCT(sex VARCHAR),
        contactsLocationsModule STRUCT(locations STRUCT(city VARCHAR, country VARCHAR)[]))""",
    "derivedSection": """STRUCT(
        conditionBrowseModule STRUCT(meshes STRUCT(term VARCHAR)[], ancestors STRUCT(term VARCHAR)[]),
        interventionBrowseModule STRUCT(meshes STRUCT(term VARCHAR)[], ancestors STRUCT(term VARCHAR)[]))""",
}
DUCKDB = """
import duckdb, json, os, sys
columns = json.loads(sys.argv[2])
duckdb.sql(f"SET threads = {len(os.sched_getaffinity(0))}")
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql("SET preserve_insertion_order = false")
duckdb.read_json(sys.argv[1], format="newline_delimited", columns=columns, maximum_object_size=1 << 28).create("studies")
print(duckdb.sql("SELECT count(*) FROM studies").fetchall()[0][0])
"""


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def run(command, stdin=None, good=(0,)):
    """Runs a command to its end: seconds, the most memory it held in MB, what it wrote. Any other ending is an error."""
    out = HERE / "out"
    with open(out, "wb") as written:
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdin=stdin, stdout=written, env=ENVIRONMENT, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1000, out.read_text(errors="replace")


def install():
    """Builds what cargo builds, and installs what pip has. Gives the paths of the programs and their versions."""
    HERE.mkdir(parents=True, exist_ok=True)
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    say("building trialdex, the registry and the peers")
    own, others = ROOT / "target", HERE / "cargo"
    cargo = ["cargo", "build", "--release", "--quiet", "--target-dir"]
    subprocess.run([*cargo, own, "--bin", "trialdex", "--example", "registry"], check=True, cwd=ROOT)
    subprocess.run([*cargo, others, "--manifest-path", "tests/bench/peers/Cargo.toml"], check=True, cwd=ROOT)
    built = own / "release"
    programs = {"trialdex": built / "trialdex", "registry": built / "examples" / "registry",
                "peers": others / "release" / "peers"}
    lock = (ROOT / "tests/bench/peers/Cargo.lock").read_text()
    versions = {name: lock.split(f'name = "{name}"\nversion = "')[1].split('"')[0]
                for name in ("fuzzy-matcher", "tantivy", "serde_json")}
    python = HERE / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HERE / "venv"], check=True)
    for package in ("duckdb", "iterfzf"):
        done = subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=False)
        if done.returncode:
            say(f"{package} cannot be installed")
    ask = "from importlib.metadata import version; print(version('duckdb'))"
    found = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    if found.returncode == 0:
        programs["duckdb"], versions["DuckDB"] = python, found.stdout.strip()
    fzf = next((HERE / "venv").glob("lib/python*/site-packages/iterfzf/fzf"), None) or shutil.which("fzf")
    if fzf:
        versions["fzf"] = subprocess.run([fzf, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
        programs["fzf"] = fzf
    return programs, versions


def make_data(programs, arguments):
    """The studies as ndjson and as a zip with a member for each, and how many they are."""
    if arguments.data:
        ndjson = arguments.data.resolve()
        archive = HERE / f"{ndjson.stem}.zip"
        if not archive.exists() or archive.stat().st_mtime < ndjson.stat().st_mtime:
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out, open(ndjson, encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    out.writestr(f"{number:08}.json", line)
    else:
        ndjson, archive = (HERE / f"registry-{arguments.studies}.{kind}" for kind in ("ndjson", "zip"))
        for path, kind in ((ndjson, "ndjson"), (archive, "zip")):
            if not path.exists():
                say(f"making {path.name}")
                made = ["--studies", arguments.studies, "--format", kind, "--out", f"{path}.unfinished"]
                run([programs["registry"], *made])
                os.rename(f"{path}.unfinished", path)
    rows = HERE / f"{ndjson.stem}.rows"
    run([programs["peers"], "rows", ndjson, rows])
    with open(rows, "rb") as lines:
        return ndjson, archive, rows, sum(1 for _ in lines)


def queries(most):
    """Bare words of the typed queries, which every peer understands, spread over all of them."""
    lines = (ROOT / "tests/bench/speed/queries.txt").read_text().splitlines()
    bare = [line for line in lines if line and all(c.isalnum() or c in " -" for c in line) and line[0] not in "#-"]
    return bare[:: max(1, len(bare) // most)][:most]


def ask(programs, command, path, asked, *more):
    """What a command of `peers` says of each query: milliseconds by query, and everything it says."""
    file = HERE / "queries"
    file.write_text("\n".join(asked) + "\n")
    with open(file, "rb") as stdin:
        out = run([programs["peers"], command, path, *more], stdin)[2]
    answers = [json.loads(line) for line in out.splitlines()]
    wanted = set(asked)
    return {answer["query"]: answer["ms"] for answer in answers if answer["query"] in wanted}, answers


def browse(programs, data, count, keys=b""):
    """Starts the browser on a terminal of 120 x 40: seconds to the frame that counts the studies, and MB it then holds."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(programs["trialdex"], ["trialdex", str(data)], ENVIRONMENT)
    started, seen, seconds = time.perf_counter(), b"", None
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def read(patience):
        if not select.select([terminal], [], [], patience)[0]:
            return b""
        return os.read(terminal, 65536)

    # The panes stand there once everything is loaded; the list says last of how many it shows the first.
    while f"{count:,}".encode() not in seen.partition(b"Filters")[2] and time.perf_counter() - started < 3600:
        seen += read(1)
        seconds = time.perf_counter() - started
    for key in keys:
        os.write(terminal, bytes([key]))
        while read(0.3):
            pass
    status = Path(f"/proc/{pid}/status").read_text()
    memory = {name: int(value.split()[0]) / 1000 for name, _, value in
              (line.partition(":") for line in status.splitlines()) if name in ("VmRSS", "RssAnon")}
    os.write(terminal, b"\x03")
    try:
        while True:
            os.read(terminal, 65536)
    except OSError:  # the browser has closed its end
        os.waitpid(pid, 0)
        os.close(terminal)
    return seconds, memory


def least(passes, measure):
    return min((measure() for _ in range(passes)), key=lambda measured: measured[0])


def in_turn(passes, measures):
    """The least of each measure; they take turns, so that a busy minute of the machine slows all of them."""
    rounds = [{name: measure() for name, measure in measures.items()} for _ in range(passes)]
    return {name: min((of[name] for of in rounds), key=lambda measured: measured[0]) for name in measures}


def milliseconds(value):
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.2g} ms"


def seconds(value):
    return f"{value:.1f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=100_000, help="how many made-up studies")
    parser.add_argument("--data", type=Path, help="records of one's own, one a line, in their place")
    parser.add_argument("--queries", type=int, default=40, help="how many queries; the slow peers get an eighth")
    parser.add_argument("--passes", type=int, default=2, help="the least of so many times, where one takes seconds")
    arguments = parser.parse_args()
    programs, versions = install()
    ndjson, archive, rows, count = make_data(programs, arguments)
    asked = queries(arguments.queries)
    few = asked[:: max(1, len(asked) // max(4, arguments.queries // 8))]
    table = []

    def row(what, ours, peer, theirs, show):
        """Adds a row; the ratio says how many times as much the peer takes."""
        if theirs is None:
            return table.append((what, show(ours), f"{peer}: not installed", ""))
        ratio = theirs / ours
        return table.append((what, show(ours), f"{peer}: {show(theirs)}", f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"))

    say("queries: trialdex")
    whole, keys = ask(programs, "typing", ndjson, asked)
    median = statistics.median

    def against(what, theirs, peer, own=whole):
        """Compares the medians over the queries that the peer was asked."""
        ours = None if theirs is None else median(own[query] for query in theirs if query in own)
        row(what, ours or median(own.values()), peer, theirs and median(theirs.values()), milliseconds)

    say("queries: fzf, SkimMatcherV2, tantivy")
    fzf = None
    if "fzf" in programs:
        def filtered(query):
            with open(rows, "rb") as stdin:
                return run([programs["fzf"], "--filter", query], stdin, good=(0, 1))
        reading = least(arguments.passes + 1, lambda: filtered(NOTHING))[0]
        fzf = {query: 1000 * max(0.0, least(arguments.passes, lambda: filtered(query))[0] - reading) for query in few}
    against("key → all results, counted and in order", fzf, "fzf, without its reading")
    against("the same", ask(programs, "skim", rows, few)[0], "SkimMatcherV2, all cores")
    exact = {answer["query"] for answer in keys if not answer["near"] and answer["found"]}
    exact = [query for query in asked if query in exact]
    best = ask(programs, "best", ndjson, exact)[0]
    for fields, what in (("apart", "the same fields"), ("together", "all fields as one")):
        tantivy = ask(programs, "tantivy", ndjson, exact, fields)[0]
        against("words that are there → the best 100 and how many", tantivy, f"tantivy, {what}", best)

    say("start and memory of the browser")
    shutil.rmtree(CACHE, ignore_errors=True)
    cold, _ = browse(programs, ndjson, count)
    run([programs["trialdex"], "search", "--count", "-d", ndjson])  # keeps it, if the browser has not
    snapshot = sum(path.stat().st_size for path in CACHE.glob("*.snapshot"))
    start, _ = least(9, lambda: browse(programs, ndjson, count))
    _, memory = browse(programs, ndjson, count, b"/liver\r\x04\x04J")
    row("start → first frame, the dataset known", start, "fzf reads the rows", reading if fzf else None, seconds)

    say("ingest")
    count_all = [programs["trialdex"], "search", "--no-cache", "--count", "-d"]

    def spent(command, path):
        """Seconds of a command of `peers` that has to meet every study."""
        said = json.loads(run([programs["peers"], command, path])[2])
        if said["studies"] != count:
            raise RuntimeError(f"{command} met {said['studies']} of {count} studies")
        return said["seconds"]

    measures = {
        "ndjson": lambda: run([*count_all, ndjson]),
        "parse": lambda: (spent("parse", ndjson),),
        "zip": lambda: run([*count_all, archive]),
        "inflate": lambda: (spent("inflate", archive),),
        "inflate-parse": lambda: (spent("inflate-parse", archive),),
    }
    if "duckdb" in programs:
        command = [programs["duckdb"], "-c", DUCKDB, ndjson, json.dumps(DUCKDB_COLUMNS)]
        measures["duckdb"] = lambda: run(command)
    ingest = in_turn(arguments.passes, measures)
    (took, peak, _), (parse,), duckdb = ingest["ndjson"], ingest["parse"], ingest.get("duckdb")
    if duckdb and int(duckdb[2]) != count:
        raise RuntimeError(f"DuckDB read {duckdb[2].strip()} of {count} studies")
    row("ndjson → index", took, "DuckDB, the same columns", duckdb and duckdb[0], seconds)
    row("the same", took, "serde_json, parsed and thrown away", parse, seconds)
    for peer, command in (("inflated and thrown away", "inflate"), ("inflated, parsed and thrown away", "inflate-parse")):
        row("zip → index", ingest["zip"][0], peer, ingest[command][0], seconds)

    def megabytes(value):
        return f"{value:,.0f} MB"
    row("most memory while reading", peak, "DuckDB", duckdb and duckdb[1], megabytes)
    fzf_memory = filtered(NOTHING)[1] if fzf else None
    row("memory while browsing, mapped files included", memory["VmRSS"], "fzf", fzf_memory, megabytes)
    row("the same without mapped files", memory["RssAnon"], "fzf", fzf_memory, megabytes)
    if snapshot:
        row("what is kept of the dataset on disk", snapshot / 1e6, "the dataset", ndjson.stat().st_size / 1e6, megabytes)

    times = sorted(answer["ms"] for answer in keys)
    percentile = [milliseconds(times[int((len(times) - 1) * share)]) for share in (0.5, 0.9, 0.99, 1)]
    print(f"{count:,} studies, {ndjson.stat().st_size / 1e6:,.0f} MB; {os.cpu_count()} cores, {platform.machine()}, "
          f"{platform.system()} {platform.release()}; {', '.join(f'{name} {version}' for name, version in versions.items())}\n")
    print("| what | trialdex | peer | peer ÷ trialdex |\n|---|---:|---:|---:|")
    for cells in table:
        print(f"| {' | '.join(cells)} |")
    print(f"\n{len(times):,} keys of {len(asked)} queries, typed one after another: median {percentile[0]}, 90 % within "
          f"{percentile[1]}, 99 % within {percentile[2]}, the slowest {percentile[3]}. First start, which reads "
          f"everything: {seconds(cold)}.")


if __name__ == "__main__":
    main()
