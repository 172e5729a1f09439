"""The real app for tests: `python -m tests.web.served PORT`.

Its network is cut: it complains of every look outside, and the look fails.
"""

import sys
from typing import Any

HERE = (None, "127.0.0.1", "localhost", "::1")


def _complain(event: str, details: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = details[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            _refuse(str(address))
    elif event == "socket.getaddrinfo" and details[0] not in HERE:
        _refuse(str(details[0]))


def _refuse(where: str) -> None:
    print(f"FOREIGN {where}", file=sys.stderr, flush=True)
    raise OSError(f"the network is cut: {where}")


if __name__ == "__main__":
    sys.addaudithook(_complain)
    from web.server import serve

    serve(port=int(sys.argv[1]))
