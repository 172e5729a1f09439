"""`python -m benchmarks.bare PORT`: the app's server with a page of one heading.

What opening it takes is Solara's own part of opening any page.
"""

import sys

import solara

HEADING = "Nothing but Solara"


@solara.component
def Page() -> None:  # noqa: N802
    """One heading."""
    solara.v.Html(tag="h1", children=[HEADING])


if __name__ == "__main__":
    from web import server

    server.PAGES = "benchmarks.bare"
    server.serve(port=int(sys.argv[1]))
