"""Solara's page template names its bundles by version; the installed folders have to be those."""

import re
import sys
from pathlib import Path

import pytest

from web import settings

settings.apply()

import ipywidgets  # noqa: E402
import solara.server.server  # noqa: E402
import solara.server.settings as server_settings  # noqa: E402
import solara.settings  # noqa: E402

TEMPLATES = Path(solara.server.server.__file__).parent / "templates"
INSTALLED = Path(sys.prefix) / "share" / "solara" / "cdn"


def asked_for() -> set[str]:
    """Every bundle of the Vue 3 page that the template asks for, by path."""
    template = (TEMPLATES / "solara.html.j2").read_text()
    found = set(re.findall(r"\{\{cdn\}\}/([^\"]+)\"", template))
    major = ipywidgets.__version__.split(".")[0]
    kept = {path.replace("{{ipywidget_major_version}}", major) for path in found}
    return {path for path in kept if "solara-vuetify-app@" not in path}


def test_solara_is_the_release_that_brings_its_own_files():
    assert solara.__version__ == "1.58.2"
    assert solara.server.server.vue3


def test_the_template_asks_for_what_is_installed():
    wanted = asked_for()
    assert any("solara-vuetify3-app@" in path for path in wanted)
    missing = [
        path for path in wanted if not (INSTALLED / path).is_file() and path.endswith(".min.js")
    ]
    assert missing == []
    folders = {"/".join(path.split("/")[: 2 if path.startswith("@") else 1]) for path in wanted}
    assert [folder for folder in folders if not (INSTALLED / folder).is_dir()] == []


@pytest.mark.parametrize("name", ["main", "theme", "telemetry", "session"])
def test_settings_hold_before_solara_is_imported(name):
    held = {
        "main": server_settings.main.mode == "production",
        "theme": server_settings.theme.show_banner is False,
        "telemetry": server_settings.telemetry.mixpanel_enable is False,
        "session": server_settings.session.http_only is True,
    }
    assert held[name]
    assert solara.settings.assets.cdn.startswith("http://127.0.0.1")
