"""The browser app: `python app.py` starts it on this machine; `solara run app.py` knows it too."""

import sys

from web import settings

if __name__ == "__main__" and "solara" not in sys.modules:
    from web.server import serve

    serve()
else:  # Solara runs this file under the same name, and looks for routes in it
    settings.apply_late()
    from web.pages import routes

    __all__ = ["routes"]
