"""A visitor's own area: read, edited, written into a file or an address, and never kept on the server."""
