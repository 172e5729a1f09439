"""One resident: found by what happened to them, and told in both worlds."""

import json

import pytest

import sim.runs as engine
from sim.diary import diary
from web.desk import Desk
from web.one_resident import FINDERS, Wanted, attitude_chart, circle, life, told, wanted_in
from web.question import first_question

WEEKS = 8


class Alone:
    """What an errand runs with where nobody else is at the desk."""

    def compare(self, base, others, **options):
        return engine.compare(base, others, workers=1, **options)


@pytest.fixture(scope="module")
def question():
    return first_question().asking("weeks", WEEKS).asking("residents", 100)


def found(question, wanted, **pair):
    steps = life(question, 0, wanted, **pair)(Alone())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def somebody(question):
    return found(question, Wanted(finder="lost-trust"))


def test_someone_who_lost_trust_has_less_of_it_under_the_other_policy(somebody):
    one, other = (each.entries[-1].attitudes[0] for each in somebody.diaries)
    assert other < one


def test_the_next_one_is_somebody_else(question, somebody):
    assert found(question, Wanted(finder="lost-trust", nth=1)).key != somebody.key


@pytest.mark.parametrize("finder", FINDERS)
def test_every_way_to_find_somebody_finds_somebody_or_says_that_nobody_fits(question, finder):
    one = found(question, Wanted(finder=finder))
    assert one.diaries or "Nobody fits" in one.fault


def test_a_resident_who_is_not_there_is_named_with_the_keys_there_are(question):
    assert "keys go from young-0" in found(question, Wanted(key="young-9999")).fault
    assert "No resident is called" in found(question, Wanted(key="<script>")).fault


def test_the_diaries_are_those_of_the_command(question, somebody):
    base, other = question.scenarios()
    size = {"weeks": WEEKS, "residents": 100}
    assert somebody.diaries[0].entries == diary(base, somebody.key, **size).entries
    assert somebody.diaries[1].entries == diary(other, somebody.key, before=base, **size).entries


def test_in_another_pair_somebody_else_is_found_and_told_as_the_command_has_that_replicate(
    question, somebody
):
    base, other = question.scenarios()
    third = found(question, Wanted(finder="lost-trust"), pair=3)
    size = {"weeks": WEEKS, "residents": 100, "replicate": 2}
    assert third.diaries[0].entries == diary(base, third.key, **size).entries
    assert third.diaries[1].entries == diary(other, third.key, before=base, **size).entries
    one, another = (each.entries[-1].attitudes[0] for each in third.diaries)
    assert another < one
    namesake = found(question, Wanted(key=somebody.key), pair=3)
    assert namesake.diaries[0].entries != somebody.diaries[0].entries
    assert (namesake.traits, namesake.circle) != (somebody.traits, somebody.circle)


def test_the_page_says_which_pair_of_how_many_it_tells(question, somebody):
    third = found(question, Wanted(key=somebody.key), pair=3)
    for one, words in ((somebody, "pair 1 of 60"), (third, "pair 3 of 60")):
        page = told(question, 0, one)
        assert words in page["summary"]
        assert page["pair"] == words
        assert words in attitude_chart(question, 0, one, "trust")["meaning"]
    assert "not how often" in page["note"]


def test_a_resident_is_read_from_the_address_of_a_large_area_too():
    assert wanted_in("?see.resident=young-3").key == "young-3"
    assert wanted_in(f"?place={'x' * 20_000}&see.resident=young-3").key == "young-3"
    assert wanted_in("?place=hackney").finder == "lost-trust"


def test_both_worlds_stand_side_by_side_and_part_once(question, somebody):
    page = json.loads(json.dumps(told(question, 0, somebody)))
    marks = [mark for row in page["rows"] for mark in row["marks"]]
    assert sum("worlds part" in mark for mark in marks) == 1
    assert page["summary"].startswith("At the end trust is ")
    chart = attitude_chart(question, 0, somebody, "legitimacy")
    assert all(len(line["mean"]) == WEEKS + 1 for line in chart["series"])


def test_the_people_they_talk_with_are_tied_to_them(somebody):
    net = circle(somebody)
    direct = [tie for tie in net["ties"] if 0 in tie]
    assert len(direct) == len(net["people"]) - 1


def test_a_desk_brings_a_diary_back(question):
    import threading

    desk, done, heard = Desk(engine, threads=1), threading.Event(), []

    def listen(news):
        heard.append(news)
        if news.finished:
            done.set()

    desk.send("a", question, life(question, 0, Wanted(key="young-0")), listen, known_as="x")
    assert done.wait(60)
    assert heard[-1].found.key == "young-0"
    desk.close()
