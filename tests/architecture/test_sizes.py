"""Files and functions stay small enough to be read in one go."""

from statistics import median

from tests.architecture.sources import ROOT, functions, place, product_files, tracked

FILE_LINES = 250
FUNCTION_LINES = 40
# Generated, or one table of data from end to end.
TABLES = {"common_passwords.py"}


def lines(path):
    return len(path.read_text().splitlines())


def sources():
    return [path for path in tracked() if path.suffix == ".py" and path.name not in TABLES]


def test_no_file_is_over_250_lines():
    assert [f"{place(path)}: {lines(path)}" for path in sources() if lines(path) > FILE_LINES] == []


def test_no_function_is_over_40_lines():
    long = [
        f"{place(path, node.lineno)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in sources()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []


def test_the_usual_file_and_function_are_short(record_property):
    files = [lines(path) for path in product_files() if path.read_text().strip()]
    bodies = [
        node.end_lineno - node.lineno + 1 for path in product_files() for node in functions(path)
    ]
    record_property("median_file_lines", median(files))
    record_property("median_function_lines", median(bodies))
    print(f"\nmedian lines: file {median(files):.0f}, function {median(bodies):.0f}")

    assert median(files) <= 100
    assert median(bodies) <= 12
    assert ROOT.is_dir()
