"""Every `.vue` file of the app as one module that a browser reads once.

Left to itself, ipyvue has the browser compile the file anew for each place on a page where a part
stands: sixty times for the first page. Here a part names its export of the module, and Vue compiles
a template when it is first shown.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import ipyvue.esm

FOLDER = Path(__file__).parent
NAME = "parley"
_BLOCK = {
    name: re.compile(rf"^<{name}>\n(.*?)^</{name}>$", re.DOTALL | re.MULTILINE)
    for name in ("template", "script")
}
# Exported under a name of its own: a part called `document` must not hide the browser's from others.
_PART = """const part_{name} = (() => {{
const module = {{ exports: {{}} }};
{script}
return {{ ...module.exports, template: {template} }};
}})();
export {{ part_{name} as {name} }};
"""


@cache
def bundle() -> str:
    """The module: one export for each part, named like its file."""
    files = sorted(FOLDER.glob("*.vue"))
    return "".join(_part(file) for file in files)


def _part(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    blocks = {name: block.search(text) for name, block in _BLOCK.items()}
    template, script = blocks["template"], blocks["script"]
    if template is None:
        raise ValueError(f"{file.name} has no <template> that begins and ends at a line's start.")
    return _PART.format(
        name=file.stem,
        script=script.group(1) if script is not None else "",
        template=json.dumps(template.group(1)),
    )


def module(address: str = "") -> ipyvue.esm.Module:
    """Bring the module into the page of the session that is rendering now.

    Args:
        address: where the server gives it out; empty to send it with the page.
    """
    if address:
        return ipyvue.esm.Module(name=NAME, url=address)
    return ipyvue.esm.Module(name=NAME, code=bundle())
