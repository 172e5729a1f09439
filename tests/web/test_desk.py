"""How questions are answered: in turn, once, and no longer than anybody waits."""

import threading
import time

import pytest

from tests.web import fake_engine
from web.desk import LEAST_PAIRS, Desk, Shelf, half_width
from web.question import first_question


class Engine:
    """The stand-in, counting what it is asked and as slow as a test wants it."""

    Comparison, Cancelled = fake_engine.Comparison, fake_engine.Cancelled

    def __init__(self, pause=0.0, compiled=True):
        self.runs, self.pause, self.ready = [], pause, compiled

    def compiled(self):
        return self.ready

    def compile_engine(self):
        self.ready = True

    def compare(self, base, others, **options):
        first = options.get("first", 0)
        self.runs.append((base.hash, first, first + options["replicates"]))
        return fake_engine.compare(base, others, **options, pause=self.pause)


class Ear:
    """A listener that remembers, and waits for what it is told."""

    def __init__(self):
        self.news, self._change = [], threading.Condition()

    def __call__(self, news):
        with self._change:
            self.news.append(news)
            self._change.notify_all()

    def wait(self, heard, seconds=10):
        with self._change:
            assert self._change.wait_for(lambda: any(heard(each) for each in self.news), seconds)
            return next(each for each in self.news if heard(each))


def small(**more):
    question = first_question()
    for name, value in {"weeks": 8, "residents": 100, "pairs": 6, "within": 0, **more}.items():
        question = question.asking(name, value)
    return question


def finished(news):
    return news.kind == "answer" and news.finished


@pytest.fixture
def desk():
    made = Desk(Engine(), threads=1)
    yield made
    made.close()


def test_a_first_answer_comes_before_all_pairs_are_in(desk):
    ear = Ear()
    desk.ask("a", small(), ear)
    ear.wait(finished)
    answers = [news.done for news in ear.news if news.kind == "answer"]
    assert answers == [4, 6]


def test_the_same_question_is_computed_once(desk):
    first, second = Ear(), Ear()
    desk.ask("a", small(), first)
    first.wait(finished)
    runs = len(desk._engine.runs)
    desk.ask("b", small(), second)
    again, once = second.wait(finished).comparison.base, first.wait(finished).comparison.base
    assert again.values is once.values
    assert len(desk._engine.runs) == runs


def test_a_moved_lever_leaves_the_base_as_it_was_computed(desk):
    first, second = Ear(), Ear()
    desk.ask("a", small(), first)
    first.wait(finished)
    desk.ask("a", small().with_lever("feedback", 0.05), second)
    second.wait(finished)
    base = small().scenarios()[0].hash
    lived = [(first, last) for hash, first, last in desk._engine.runs if hash == base]
    assert lived == [(0, 4), (4, 6)]


def test_pairs_are_added_until_the_headline_is_known_closely_enough(desk):
    ear = Ear()
    desk.ask("a", small(pairs=60, within=1.0), ear)
    answer = ear.wait(finished)
    assert LEAST_PAIRS <= answer.done < 60
    assert half_width(answer.comparison) <= 1.0


def test_pairs_end_at_the_most_that_is_allowed_where_the_headline_stays_unknown(desk, monkeypatch):
    monkeypatch.setattr("web.desk.half_width", lambda comparison: 9.9)
    ear = Ear()
    desk.ask("a", small(pairs=12, within=0.1), ear)
    assert ear.wait(finished).done == 12


def test_pairs_added_later_are_those_of_one_longer_run_to_the_last_digit(desk):
    ear = Ear()
    desk.ask("a", small(pairs=12), ear)
    found = ear.wait(finished).comparison
    base, other = small().scenarios()
    whole = fake_engine.compare(base, [other], weeks=8, residents=100, replicates=12, seed=1)
    name = next(iter(whole.others))
    assert found.difference(name, "trust") == whole.difference(name, "trust")


def test_up_to_three_policies_are_held_against_the_first_over_the_same_dice(desk):
    ear = Ear()
    question = small().with_another().with_another()
    desk.ask("a", question, ear)
    found = ear.wait(finished).comparison
    assert len(found.others) == 3
    assert {results.replicates for results in found.others.values()} == {6}


def test_a_moved_assumption_brings_the_baseline_as_it_was(desk):
    ear = Ear()
    desk.ask("a", small().with_assumption("absolve", 0.1), ear)
    answer = ear.wait(finished)
    assert answer.before.scenario.assumptions["absolve"] == 0.4
    assert answer.comparison.base.scenario.assumptions["absolve"] == 0.1


def test_an_errand_gives_others_their_turn_between_its_steps():
    desk, order = Desk(Engine(), threads=1), []
    ear, other = Ear(), Ear()

    def errand(runs):
        for step in range(3):
            order.append(step)
            if step == 0:
                desk.ask("b", small(pairs=4), lambda news: (order.append(news.kind), other(news)))
            yield step + 1, 3
        return "brought back"

    desk.send("a", small(), errand, ear)
    assert ear.wait(finished).found == "brought back"
    other.wait(finished)
    assert order.index("answer") < order.index(1)
    desk.close()


def test_an_errand_that_is_cancelled_goes_no_further():
    desk, steps = Desk(Engine(), threads=1), []
    ear = Ear()

    def errand(runs):
        while True:
            steps.append(1)
            time.sleep(0.02)
            yield len(steps), 1000

    desk.send("a", small(), errand, ear)
    ear.wait(lambda news: news.kind == "working")
    desk.cancel("a")
    time.sleep(0.2)
    done = len(steps)
    time.sleep(0.2)
    assert len(steps) == done
    desk.close()


def test_a_new_question_takes_the_place_of_the_old_one():
    desk = Desk(Engine(pause=0.05), threads=1)
    old, new = Ear(), Ear()
    desk.ask("a", small(pairs=40), old)
    old.wait(lambda news: news.kind == "working")
    desk.ask("a", small(), new)
    new.wait(finished)
    assert not any(finished(news) for news in old.news)
    desk.close()


def test_who_cancels_is_told_at_once_and_hears_nothing_more():
    desk = Desk(Engine(pause=0.05), threads=1)
    ear = Ear()
    desk.ask("a", small(pairs=40), ear)
    ear.wait(lambda news: news.kind == "working")
    desk.cancel("a")
    assert ear.news[-1].kind == "cancelled"
    time.sleep(0.3)
    assert ear.news[-1].kind == "cancelled"
    assert desk.state() == {"working": 0, "waiting": 0}
    desk.close()


def test_who_leaves_stops_the_work_and_hears_nothing():
    desk = Desk(Engine(pause=0.05), threads=1)
    ear = Ear()
    desk.ask("a", small(pairs=40), ear)
    ear.wait(lambda news: news.kind == "working")
    heard = len(ear.news)
    desk.leave("a")
    time.sleep(0.3)
    assert len(ear.news) <= heard + 1
    assert desk.state() == {"working": 0, "waiting": 0}
    desk.close()


def test_a_newcomer_gets_a_first_answer_before_others_get_their_refinement():
    desk = Desk(Engine(pause=0.03), threads=1)
    heard = []
    ears = [Ear(), Ear(), Ear()]
    for number, ear in enumerate(ears):
        question = small(pairs=8).with_lever("feedback", 0.1 + 0.1 * number)

        def listen(news, number=number, ear=ear):
            if news.kind == "answer":
                heard.append((number, news.finished))
            ear(news)

        desk.ask(number, question, listen)
    for ear in ears:
        ear.wait(finished, 20)
    assert [final for _, final in heard] == [False] * 3 + [True] * 3
    desk.close()


def test_a_fault_reaches_the_one_who_asked_and_nobody_else(desk):
    ear, other = Ear(), Ear()

    def refuse(base, others, **options):
        raise RuntimeError("no such luck")

    desk._engine.compare = refuse
    desk.ask("a", small(), ear)
    assert "no such luck" in ear.wait(lambda news: news.kind == "fault").message
    del desk._engine.compare
    desk.ask("b", small(), other)
    other.wait(finished)


def test_the_first_run_after_installation_says_that_it_compiles():
    desk = Desk(Engine(compiled=False), threads=1)
    ear = Ear()
    desk.ask("a", small(), ear)
    ear.wait(finished)
    assert [news.kind for news in ear.news].count("preparing") == 1
    desk.close()


def test_the_shelf_lets_go_of_what_was_longest_unused():
    results = fake_engine.run(small().scenarios()[0], weeks=8, residents=100, replicates=2)
    size = results.values.nbytes + results.ledger.nbytes
    shelf = Shelf(limit=2 * size)
    for key in "ab":
        shelf.put(key, results)
    shelf.get("a")
    shelf.put("c", results)
    assert shelf.get("b") is None
    assert shelf.get("a") is results
    assert shelf.state() == (2, 2 * size)
