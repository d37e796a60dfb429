"""Our own fake Gmail: what it assumes about the real one is listed in ASSUMED.md."""

from tests.fakes.gmail.faults import Faults
from tests.fakes.gmail.oauth import Decision
from tests.fakes.gmail.server import FakeGmail

__all__ = ["Decision", "FakeGmail", "Faults"]
