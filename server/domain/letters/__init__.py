"""The letters one could write after a rejection: which, to whom, in which words, and whether they should go."""

from server.domain.letters.case import Case
from server.domain.letters.suggestion import Wish, suggest

__all__ = ["Case", "Wish", "suggest"]
