"""The two places at which the network is asked for its opinion."""

from enum import StrEnum

HALF_WAY = 3  # of six layers


class Stage(StrEnum):
    """Where an opinion comes from: half way up the network, where it stops when a mail is plain, or its end."""

    EARLY = "early"
    LATE = "late"
