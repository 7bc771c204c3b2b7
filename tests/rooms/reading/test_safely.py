"""Worker processes: order, limits, and what a dead worker leaves."""

import os
import signal

from firstsaid.reading import read, read_safely, safely


def test_results_come_in_the_order_of_the_items(received, page):
    items = [
        page("news"),
        received("Title\n\n4 March 2019\n\nText."),
        page("blog"),
        received("# A\n\n4 March 2019", "a.md"),
        page("arabic"),
    ]
    found = list(read_safely(iter(items), 2))
    assert [item for item, _ in found] == items
    assert [intake for _, intake in found] == [read(item) for item in items]


def test_small_plain_inputs_start_no_worker(received, monkeypatch):
    monkeypatch.setattr(safely._Pool, "_free_worker", lambda pool: 1 / 0)
    items = [received(f"Text {n}", f"{n}.txt") for n in range(20)] + [received('{"text": "a"}\n', "a.jsonl"), received(b"{\\rtf1", "a.rtf")]
    assert len(list(read_safely(items, 2))) == 22


def test_an_item_that_takes_too_long_is_a_problem_and_the_rest_goes_on(received, page, monkeypatch):
    monkeypatch.setattr(safely, "SECONDS_PER_MEGABYTE", 0)
    slow = received("<html><body>" + "<p>many words stand here again and again</p>" * 40_000, "slow.html")
    found = {item.location: intake for item, intake in read_safely([slow, received("Text", "a.txt")], 1, seconds=0)}
    assert [problem.kind for problem in found["slow.html"].problems] == ["took-too-long"]
    assert found["a.txt"].text == "Text"


def test_a_killed_worker_costs_only_its_item(page):
    pool = safely._Pool(1, 30)
    try:
        pool.add(page("news"))
        os.kill(pool.workers[0].process.pid, signal.SIGKILL)
        pool.add(page("arabic"))
        found = list(pool.ready(limit=0))
    finally:
        pool.stop()
    assert [problem.kind for problem in found[0][1].problems] == ["too-much-memory"]
    assert found[1][1] == read(page("arabic"))


def test_errors_of_libraries_become_problems(received, monkeypatch):
    def crash(item):
        raise ZeroDivisionError("strange")

    monkeypatch.setattr(safely, "read", crash)
    (problem,) = safely._read_guarded(received("x")).problems
    assert problem.kind == "reader-crashed"
    assert "ZeroDivisionError: strange" in problem.message


def test_leaving_early_stops_the_workers(page):
    running = read_safely([page("news"), page("blog"), page("arabic")], 2)
    next(running)
    running.close()
    assert not [child for child in safely.multiprocessing.active_children() if child.is_alive()]
