"""The people one might write to, as the card and the command line show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from server.domain.contacts_parts import part_name, reason
from server.domain.particulars import Part, Person

_MOST = 8  # a short list to choose from


class PersonAnswer(BaseModel):
    """Somebody who took part. `reason` goes on from the name: "interviewed you on 3 May"."""

    name: str
    address: str
    title: str
    part: Part
    part_name: str
    reason: str
    last_contact: datetime
    answerable: bool
    why_not: str

    @classmethod
    def of(cls, person: Person) -> PersonAnswer:
        """The answer for a person; days are those of the computer's own calendar."""
        names = ("name", "address", "title", "part", "last_contact", "why_not")
        return cls(
            part_name=part_name(person.part),
            reason=reason(person.how, person.when),
            answerable=person.is_answerable,
            **{name: getattr(person, name) for name in names},
        )


def choice_of(people: Sequence[Person], chosen: str) -> list[PersonAnswer]:
    """The short list, the most fitting first; empty when it holds nobody but the one already chosen."""
    if all(person.address == chosen for person in people):
        return []
    return [PersonAnswer.of(person) for person in people[:_MOST]]
