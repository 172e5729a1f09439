"""The browser app: `python app.py` starts it on this machine, and `solara run app.py` understands it too."""

from web import settings

if __name__ == "__main__" and "solara" not in __import__("sys").modules:
    from web.server import serve

    serve()
else:
    settings.apply_late()
    from web.pages import routes

    __all__ = ["routes"]
