"""Who may talk to the server, and what its answers let a page do."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from web.guard import SameOrigin, StrictHeaders
from web.html import missing_page, rewritten

HERE = "http://127.0.0.1:8765"


async def answer(request):
    return PlainTextResponse("here")


async def talk(socket):
    await socket.accept()
    await socket.send_text("here")
    await socket.close()


@pytest.fixture
def client():
    app = Starlette(
        routes=[Route("/", answer, methods=["GET", "POST"]), WebSocketRoute("/ws", talk)],
        middleware=[Middleware(SameOrigin), Middleware(StrictHeaders)],
    )
    with TestClient(app, base_url=HERE) as made:
        yield made


def test_a_page_of_ours_is_served(client):
    assert client.get("/").text == "here"
    assert client.post("/", headers={"origin": HERE}).text == "here"


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "http://127.0.0.1:9999", ""]
)
def test_another_site_s_page_is_refused(client, origin):
    assert client.get("/", headers={"origin": origin}).status_code == 403
    assert client.post("/", headers={"origin": origin}).status_code == 403


def test_a_post_that_does_not_say_where_it_comes_from_is_refused(client):
    assert client.post("/").status_code == 403


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8765", "127.0.0.1.elsewhere.example"]
)
def test_a_foreign_host_name_is_refused_even_by_its_own_pages(client, host):
    assert client.get("/", headers={"host": host, "origin": f"http://{host}"}).status_code == 403


@pytest.mark.parametrize("origin", [None, "http://elsewhere.example", "null"])
def test_a_websocket_from_elsewhere_is_refused(client, origin):
    headers = {} if origin is None else {"origin": origin}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/ws", headers=headers):
        pass


def test_a_websocket_of_ours_is_served(client):
    # The test client calls itself by another name than its address; a browser gives both alike.
    headers = {"origin": HERE, "host": "127.0.0.1:8765"}
    with client.websocket_connect(f"{HERE.replace('http', 'ws')}/ws", headers=headers) as socket:
        assert socket.receive_text() == "here"


def test_every_answer_says_what_a_page_may_load(client):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"].split("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_each_answer_has_a_mark_of_its_own(client):
    first, second = (client.get("/").headers["content-security-policy"] for _ in range(2))
    assert first != second


def test_the_document_says_its_language_and_lets_people_zoom():
    page = rewritten(
        '<html><meta name="viewport" content="user-scalable=no">'
        '<script>1</script><script src="a"></script>',
        "mark",
    )
    assert '<html lang="en-GB">' in page
    assert "user-scalable" not in page
    assert page.count('<script nonce="mark"') == 2


def test_a_missing_page_leads_back():
    assert 'lang="en-GB"' in missing_page()
    assert 'href="/"' in missing_page()


def test_one_visitor_too_many_is_told_so(monkeypatch):
    from web import server

    monkeypatch.setenv("PARLEY_MOST_PAGES", "2")
    monkeypatch.setattr(server.kernel_context, "contexts", {"one": 1, "two": 2})
    pages = TestClient(Starlette(routes=[Route("/{fullpath:path}", server._page)]))
    found = pages.get("/")
    assert found.status_code == 503
    assert "Try again in a few minutes" in found.text


def test_a_nonsensical_number_of_pages_leaves_the_usual_one(monkeypatch):
    from web.settings import MOST_PAGES, most_pages

    for given in ("", "many", "-3", "0"):
        monkeypatch.setenv("PARLEY_MOST_PAGES", given)
        assert most_pages() == MOST_PAGES


def test_a_server_behind_a_proxy_answers_to_the_names_that_are_listed(monkeypatch):
    from web.server import _answers_to

    monkeypatch.setenv("PARLEY_HOSTS", "Parley.example.org, other.example.org")
    app = Starlette(
        routes=[Route("/", answer, methods=["GET", "POST"])],
        middleware=[Middleware(SameOrigin, hosts=_answers_to(local=True))],
    )
    with TestClient(app, base_url="https://parley.example.org") as client:
        assert client.get("/").text == "here"
        assert client.post("/", headers={"origin": "https://parley.example.org"}).text == "here"
        assert client.get("/", headers={"host": "PARLEY.example.org:443"}).text == "here"
        assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 403
        assert client.get("/", headers={"host": "127.0.0.1:8765"}).text == "here"


def test_an_open_server_answers_to_any_name_only_where_none_is_listed(monkeypatch):
    from web.server import _answers_to

    monkeypatch.delenv("PARLEY_HOSTS", raising=False)
    assert _answers_to(local=False) == ()
    assert "127.0.0.1" in _answers_to(local=True)
    monkeypatch.setenv("PARLEY_HOSTS", "parley.example.org")
    assert "parley.example.org" in _answers_to(local=False)
