"""The chain behind a change: every number of it against the tables of the run itself."""

import numpy as np
import pytest

from sim.indicators.table import INDICATORS
from web.causes import CHAIN, LEADS, chain
from web.files.routes import answered
from web.question import first_question


@pytest.fixture(scope="module")
def answer():
    question = first_question().with_another().with_lever("hours", 9.0, 1)
    for name, value in {"weeks": 20, "residents": 200, "pairs": 4, "within": 0}.items():
        question = question.asking(name, value)
    return answered(question.with_assumption("hearsay", 0.8))


def ends(results, indicator, public):
    """The values of a measure at the end of each replicate, from the table itself."""
    at = results.publics.index(public), results.indicators.index(indicator)
    last = results.values[:, -1, at[0], at[1]]
    return last[np.isfinite(last)]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("public", ["all", "young", "most-affected"])
def test_every_number_of_the_chain_is_one_of_the_run_s_own_tables(answer, which, public):
    looked = answer.looking_at(which)
    base, other = looked.results()[0], looked.results()[1 + which]
    checked = 0
    for link in chain(looked, public)["links"]:
        for each in link["measures"]:
            if each["indicator"] == "friends-stories":
                continue
            whose = each["public"]
            assert whose in (public, "all")
            assert each["whole_area"] == (whose != public)
            assert not each["whole_area"] or not ends(base, each["indicator"], public).size
            worlds = [ends(world, each["indicator"], whose) for world in (base, other)]
            expected = [float(values.mean()) for values in worlds]
            paired = looked.comparison.difference(looked.name, each["indicator"], whose)
            assert each["values"] == [*expected, paired.difference]
            assert float(each["levels"][0].replace("−", "-").replace(",", "")) == pytest.approx(
                expected[0], abs=0.0501
            )
            assert each["label"] == INDICATORS[each["indicator"]].label
            checked += 1
    assert checked == sum(len(indicators) for _, _, indicators in CHAIN)


@pytest.mark.parametrize("public", ["all", "young"])
def test_hearsay_is_what_the_ledger_posted_under_friends_stories(answer, public):
    looked = answer.looking_at(1)
    hearsay = chain(looked, public)["links"][4]["measures"][0]
    posted = [
        results.ledger_total("trust", public)["friends-stories"]
        for results in (looked.results()[0], looked.results()[2])
    ]
    assert hearsay["values"][:2] == pytest.approx(posted, abs=1e-12)
    difference = looked.comparison.ledger_difference(looked.name, "trust", public)
    assert hearsay["values"][2] == pytest.approx(difference["friends-stories"], abs=1e-12)


def test_bars_are_as_long_as_the_numbers_beside_them(answer):
    for link in chain(answer, "all")["links"]:
        for each in link["measures"]:
            base, other, _ = each["values"]
            longest = max(abs(base), abs(other))
            if longest:
                assert each["bars"] == pytest.approx([base / longest, other / longest], abs=1e-4)
            else:
                assert each["bars"] == [0.0, 0.0]


def test_every_link_but_the_last_says_how_it_leads_to_the_next(answer):
    assert [link["leads"] for link in chain(answer, "all")["links"]] == [*LEADS, ""]
