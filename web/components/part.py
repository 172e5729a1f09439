"""What makes a part of a page out of a function that names its data and its events."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

import ipyvue
import ipyvue.VueTemplateWidget
import solara
import traitlets
from ipyvue.Template import Template

from web.components import bundle

_EVENT = "event_"
Declared = Callable[..., None]


def part(name: str) -> Callable[[Declared], Callable[..., solara.Element]]:
    """Make a part of a page of a function.

    Args:
        name: which `.vue` file of this folder draws it, without the ending.

    Returns:
        a decorator. The function's parameters are what the browser is given; those that begin with
        `event_` are what it may say, each heard by the function that is given for it.
    """

    def declare(function: Declared) -> Callable[..., solara.Element]:
        parameters = list(inspect.signature(function).parameters)
        events = [each.removeprefix(_EVENT) for each in parameters if each.startswith(_EVENT)]
        members: dict[str, Any] = {
            each: traitlets.Any().tag(sync=True)
            for each in parameters
            if not each.startswith(_EVENT)
        }
        members |= {f"vue_{event}": _heard(event) for event in events}
        drawn = type(function.__name__, (_Part,), {**members, "drawn_by": name})

        def element(**given: Any) -> solara.Element:
            heard = {event: given.pop(_EVENT + event) for event in events}
            return drawn.element(**given, listeners=heard)

        element.__doc__ = function.__doc__
        return element

    return declare


def _heard(event: str) -> Callable[[_Part, Any], None]:
    return lambda widget, data: widget.listeners[event](data)


class _Part(ipyvue.VueTemplate):
    """A place in a page, drawn in the browser."""

    drawn_by = ""
    listeners = traitlets.Dict()

    def __init__(self, **given: Any) -> None:
        super().__init__(template=_template(self.drawn_by), **given)


def _template(name: str) -> Template:
    """What says how a part is drawn, once for each session."""
    known = sys.modules["ipyvue.Template"].template_registry  # Solara keeps one for each session
    if name not in known:
        known[name] = Template(esm_module=bundle.NAME, esm_export=name)
    return known[name]


def _declared_events_only(self: Any, _: Any, content: dict[str, Any], buffers: Any) -> None:
    """Hear what a component declares and nothing else.

    A message may also ask a widget to make others of any class by name; no page of ours needs that,
    and a visitor must not be able to ask for it.
    """
    if content.get("event") in self.events:
        getattr(self, f"vue_{content['event']}")(content.get("data", {}))


ipyvue.VueTemplateWidget.Events._handle_event = _declared_events_only
