"""The pages over the stand-in for the engine: `python -m tests.web.fake_server PORT`.

A hostile place comes along: its scenarios carry scripts, templates and formulas in every text.
"""

import dataclasses
import sys

import sim
from sim import load, shipped
from tests.web import fake_engine

HOSTILE = (
    "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"
    "{{constructor.constructor('window.harmed=1')()}} =cmd ../../etc"
)


def hostile_shipped() -> list:
    """The shipped scenarios, and one with hostile words."""
    scenarios = shipped()
    model = next(each for each in scenarios if each.key == "hackney")
    return [*scenarios, _dressed(model)]


def hostile_load(name: str, settings: tuple[str, ...] = ()):
    """A shipped scenario; the hostile one is Hackney in other words."""
    return _dressed(load("hackney", settings)) if name == "hostile" else load(name, settings)


def _dressed(model):
    groups = {
        key: group.model_copy(update={"label": f"{group.label} {HOSTILE}"})
        for key, group in model.area.groups.items()
    }
    words = {"name": HOSTILE, "source": HOSTILE, "licence": HOSTILE, "notes": [HOSTILE]}
    area = model.area.model_copy(update={**words, "groups": groups})
    return dataclasses.replace(model, area=area, key="hostile", title=HOSTILE, question=HOSTILE)


if __name__ == "__main__":
    sim.shipped, sim.load = hostile_shipped, hostile_load
    from web import server, the_desk  # the server first: its settings come before Solara
    from web.desk import Desk

    the_desk.use_instead(Desk(fake_engine))
    server.serve(port=int(sys.argv[1]))
