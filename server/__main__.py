"""`python -m server` is `classact`."""

from server.cli import main

main()
