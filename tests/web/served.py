"""The real app for tests: `python -m tests.web.served PORT`; it complains of every look outside."""

import sys
from typing import Any

HERE = (None, "127.0.0.1", "localhost", "::1")


def _complain(event: str, details: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = details[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            print(f"FOREIGN {address}", file=sys.stderr, flush=True)
    elif event == "socket.getaddrinfo" and details[0] not in HERE:
        print(f"FOREIGN {details[0]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.addaudithook(_complain)
    from web.server import serve

    serve(port=int(sys.argv[1]))
