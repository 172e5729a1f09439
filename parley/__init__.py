"""Parley's command line: a thin layer that imports the model when a command needs it."""


def __getattr__(name: str) -> str:
    """Give `__version__` when asked for it, so that importing the package costs nothing."""
    if name == "__version__":
        from sim.version import VERSION

        return VERSION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
