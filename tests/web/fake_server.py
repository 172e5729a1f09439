"""The pages over the stand-in for the engine: `python -m tests.web.fake_server PORT`.

A hostile place comes along: its scenarios carry scripts, templates and formulas in every text.
"""

import dataclasses
import sys

from tests.web import fake_engine

HOSTILE = (
    "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"
    "{{constructor.constructor('window.harmed=1')()}} =cmd ../../etc"
)


def hostile_shipped() -> list:
    """The shipped scenarios, and one with hostile words."""
    scenarios = fake_engine.shipped()
    model = next(each for each in scenarios if each.key == "hackney")
    groups = {
        key: group.model_copy(update={"label": f"{group.label} {HOSTILE}"})
        for key, group in model.area.groups.items()
    }
    words = {"name": HOSTILE, "source": HOSTILE, "licence": HOSTILE, "notes": [HOSTILE]}
    area = model.area.model_copy(update={**words, "groups": groups})
    told = {"key": "hostile", "title": HOSTILE, "question": HOSTILE}
    return [*scenarios, dataclasses.replace(model, area=area, **told)]


def hostile_load(name: str, settings: tuple[str, ...] = ()):
    """A shipped scenario; the hostile one keeps its words."""
    if name != "hostile":
        return fake_engine.load(name, settings)
    model = fake_engine.load("hackney", settings)
    dressed = hostile_shipped()[-1]
    area = dressed.area.model_copy(update={"police": model.area.police})
    return dataclasses.replace(dressed, area=area, policy=model.policy)


if __name__ == "__main__":
    fake_engine.install()
    import sim

    sim.shipped, sim.load = hostile_shipped, hostile_load
    from web.server import serve

    serve(port=int(sys.argv[1]))
