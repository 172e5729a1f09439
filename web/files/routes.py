"""The addresses at which files are made: a question in, the same numbers out as on the screen."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web import charts, money
from web.answer import Answer
from web.desk import News
from web.files.brief import Terms, brief
from web.lesson.form import Lesson
from web.lesson.shelf import lessons
from web.own.text import csv_text
from web.question import ALL_PAIRS, LIMITS, Question, from_address
from web.the_desk import desk

PATIENCE = 180.0
"""Seconds after which a file that has not been computed is given up."""
AT_ONCE = 4
"""Files that are waited for at once; each holds a thread that pages need as well."""
_MAKING = threading.Semaphore(1)
_waiting = threading.BoundedSemaphore(AT_ONCE)
_BUSY = "The server is too busy to make this file now. Try again in a while."
_ZIP = "application/zip"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Unanswered(Exception):
    """No answer came; the message says why, for the visitor."""


def routes() -> list[Route]:
    """Every address of a file."""
    return [Route("/files/lessons/{name}", _lesson_sheet), Route("/files/{name}", _file)]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in MAKERS and name not in AREA_MAKERS:
        return PlainTextResponse("There is no such file here.", status_code=404)
    asked, faults = _asked(request)
    terms = Terms(
        title=request.query_params.get("title", "").strip(),
        marking=request.query_params.get("marking", "").strip(),
        cost=money.price(request.query_params.get("cost", "")),
        link=f"{str(request.base_url).rstrip('/')}/?{asked.address()}",
    )
    faults += terms.faults()
    if name in AREA_MAKERS:
        if faults or not asked.where().own:
            faults = faults or ["This place comes with Parley: there is no file to be saved."]
            return PlainTextResponse("\n".join(faults), status_code=400)
        maker, kind, ending = AREA_MAKERS[name]
        text = await run_in_threadpool(maker, asked)
        return _saved(text.encode(), kind, f"{asked.where().stem}{ending}")
    if faults or asked.too_much():
        return PlainTextResponse("\n".join([*faults, asked.too_much()]).strip(), status_code=400)
    try:
        made, kind = await run_in_threadpool(_made, name, asked, terms, request.query_params)
    except Unanswered as fault:
        return PlainTextResponse(str(fault), status_code=503)
    except KeyError as fault:
        return PlainTextResponse(f"Nothing here is called {fault}.", status_code=400)
    return _saved(made, kind, _named(asked, name))


def _saved(made: bytes, kind: str, name: str) -> Response:
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(made, media_type=kind, headers=headers)


async def _lesson_sheet(request: Request) -> Response:
    """The facilitator sheet of a shipped lesson."""
    name = request.path_params["name"]
    lesson = lessons().get(name.removesuffix(".html")) if name.endswith(".html") else None
    if lesson is None:
        return PlainTextResponse("There is no such file here.", status_code=404)
    marking = request.query_params.get("marking", "").strip()
    if faults := Terms(marking=marking).faults():
        return PlainTextResponse("\n".join(faults), status_code=400)
    try:
        made = await run_in_threadpool(_sheet, lesson, marking)
    except Unanswered as fault:
        return PlainTextResponse(str(fault), status_code=503)
    headers = {
        "content-disposition": f'attachment; filename="parley-lesson-{lesson.key}.html"',
        "cache-control": "no-store",
    }
    return Response(made, media_type="text/html; charset=utf-8", headers=headers)


def _sheet(lesson: Lesson, marking: str) -> bytes:
    from web.files.lesson_sheet import sheet

    if not _waiting.acquire(blocking=False):
        raise Unanswered(_BUSY)
    try:
        return sheet(lesson, answered(lesson.question), marking)
    finally:
        _waiting.release()


def _asked(request: Request) -> tuple[Question, list[str]]:
    """The question of an address, with exactly as many pairs as the screen shows."""
    question, faults = from_address(request.url.query)
    stale = [fault for fault in faults if fault.startswith("This link was made")]
    faults = [fault for fault in faults if fault not in stale]
    shown = request.query_params.get("shown", "")
    low, high = LIMITS["pairs"]
    if shown.isascii() and shown.isdecimal() and low <= int(shown) <= high:
        return replace(question, pairs=int(shown), within=ALL_PAIRS), faults
    return question, faults


def _made(name: str, question: Question, terms: Terms, more: Any) -> tuple[bytes, str]:
    if not _waiting.acquire(blocking=False):
        raise Unanswered(_BUSY)
    try:
        return _made_now(name, question, terms, more)
    finally:
        _waiting.release()


def _made_now(name: str, question: Question, terms: Terms, more: Any) -> tuple[bytes, str]:
    maker, kind = MAKERS[name]
    answer = answered(question)
    if (which := more.get("which", "0")).isdecimal():
        answer = answer.looking_at(int(which))
    with _MAKING:
        return maker(answer, terms, more), kind


def answered(question: Question) -> Answer:
    """Ask the desk and wait for the finished answer.

    Raises:
        Unanswered: it took too long, or failed.
    """
    asker, done, heard = uuid.uuid4().hex, threading.Event(), []

    def listen(news: News) -> None:
        if news.finished or news.kind == "fault":
            heard.append(news)
            done.set()

    desk().ask(asker, question, listen)
    in_time = done.wait(PATIENCE)
    desk().leave(asker)
    if not in_time:
        raise Unanswered(_BUSY)
    news = heard[0]
    if news.kind == "fault":
        raise Unanswered("This could not be computed. The server's log says why.")
    return Answer(news.question, news.comparison, True, news.before)


def _word(answer: Answer, terms: Terms, more: Any) -> bytes:
    from web.files.word import word

    return word(brief(answer, terms))


def _page(answer: Answer, terms: Terms, more: Any) -> bytes:
    from web.files.page import page

    return page(brief(answer, terms))


def _archive(answer: Answer, terms: Terms, more: Any) -> bytes:
    from web.files.tables import archive

    return archive(answer, brief(answer, terms), terms)


def _picture(kind: str) -> Callable[[Answer, Terms, Any], bytes]:
    def made(answer: Answer, terms: Terms, more: Any) -> bytes:
        from web.files.pictures import picture

        indicator, public = more.get("chart", "trust"), more.get("public", "all")
        view = charts.DIFFERENCE if more.get("view") == charts.DIFFERENCE else charts.LEVELS
        if indicator not in charts.OVER_TIME or public not in answer.publics:
            raise KeyError(f"{indicator[:60]}, {public[:60]}")
        drawn = charts.chart(answer, indicator, public, view)
        return picture(drawn, brief(answer, terms), kind)

    return made


def _policy(answer: Answer, terms: Terms, more: Any) -> bytes:
    from web.files.policy import policy

    return policy(answer.question, answer.focus, terms.title).encode()


def _policies(answer: Answer, terms: Terms, more: Any) -> bytes:
    from web.files.policy import policies

    return policies(answer.question, answer.focus, terms.title)


def _area(question: Question) -> str:
    return question.where().text()


def _publics(question: Question) -> str:
    return csv_text(question.where().today.load().area)


AREA_MAKERS: dict[str, tuple[Callable[[Question], str], str, str]] = {
    "area.toml": (_area, "application/toml; charset=utf-8", ".toml"),
    "publics.csv": (_publics, "text/csv; charset=utf-8", "-publics.csv"),
}
"""Files of a visitor's own area, which need no answer: maker, kind, and what their name ends in."""

MAKERS: dict[str, tuple[Callable[[Answer, Terms, Any], bytes], str]] = {
    "briefing.docx": (_word, _WORD),
    "briefing.html": (_page, "text/html; charset=utf-8"),
    "figures.zip": (_archive, _ZIP),
    "chart.svg": (_picture("svg"), "image/svg+xml"),
    "chart.png": (_picture("png"), "image/png"),
    "policy.toml": (_policy, "application/toml; charset=utf-8"),
    "policy.zip": (_policies, _ZIP),
}


def _named(question: Question, name: str) -> str:
    """A file name that says what is compared, in letters that every system takes."""
    stem, _, end = name.rpartition(".")
    words = "-".join([question.where().stem, *(each.policy for each in question.tried)])
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:80]
    return f"parley-{plain}-{stem}.{end}"
