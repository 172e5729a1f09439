"""The app opens for this machine alone unless someone says otherwise."""

import socket
import sys
from types import ModuleType

import pytest

from parley.cli import main


@pytest.fixture
def served(monkeypatch):
    """Where the app was opened, with a stand-in for its server."""
    calls = []
    server = ModuleType("web.server")
    server.serve = lambda host, port: calls.append((host, port))
    monkeypatch.setitem(sys.modules, "web.server", server)
    return calls


@pytest.fixture
def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def test_the_app_opens_on_this_machine(served, free_port, capsys):
    assert main(["app", "--port", str(free_port)]) == 0
    assert served == [("127.0.0.1", free_port)]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_network_is_let_in_only_when_it_is_asked_for(served, free_port, host, capsys):
    assert main(["app", "--host", host, "--port", str(free_port)]) == 2
    assert served == []
    said = capsys.readouterr().err
    assert "lets other machines open the app" in said
    assert "--allow-network" in said


def test_who_can_reach_the_app_is_told(served, free_port, capsys):
    assert main(["app", "--host", "0.0.0.0", "--port", str(free_port), "--allow-network"]) == 0
    assert served == [("0.0.0.0", free_port)]
    said = capsys.readouterr().err
    assert said.startswith("Anyone whose machine can reach any address of this machine")
    assert "nothing is encrypted on the way" in said
    own = [line.strip() for line in said.splitlines()[1:]]
    for link in own:
        assert link.startswith("http://")
        assert link.endswith(f":{free_port}")
        assert "127.0.0.1" not in link


def test_the_one_address_that_is_opened_is_told(served, free_port, monkeypatch, capsys):
    import psutil

    outside = [
        entry.address
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family == socket.AF_INET and not entry.address.startswith("127.")
    ]
    if not outside:
        pytest.skip("this machine has no network")
    assert main(["app", "--host", outside[0], "--port", str(free_port), "--allow-network"]) == 0
    assert f"http://{outside[0]}:{free_port}" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999999999"])
def test_a_port_that_is_none_is_refused(served, port, capsys):
    assert main(["app", "--port", port]) == 2
    assert capsys.readouterr().err == f"--port {port} is outside 1 to 65535.\n"


def test_a_port_in_use_is_named(served, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["app", "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"Port {port} is in use already. Choose another with --port.\n"
    )
    assert served == []


def test_an_address_of_another_machine_is_refused(served, free_port, capsys):
    assert main(["app", "--host", "192.0.2.1", "--port", str(free_port)]) == 2
    assert "192.0.2.1 is no address of this machine" in capsys.readouterr().err


def test_an_installation_without_the_app_says_so(monkeypatch, free_port, capsys):
    monkeypatch.setitem(sys.modules, "web.server", None)
    assert main(["app", "--port", str(free_port)]) == 2
    assert "The browser app is not installed here" in capsys.readouterr().err
