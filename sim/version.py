"""The version of this copy, read from what was installed: `pyproject.toml` is its only source."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("parley")
except PackageNotFoundError:  # a source tree that nobody installed
    VERSION = "0+unknown"
