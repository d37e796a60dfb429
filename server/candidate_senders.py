"""The domains of applicant-tracking systems that a first scan searches for, from the classifier's own list."""

from __future__ import annotations

from importlib import resources


def candidate_senders() -> tuple[str, ...]:
    """Registrable or longer domains; every row of the list names its source. Job boards are left to their wording."""
    rows = (resources.files("nlp") / "ats_domains.tsv").read_text("utf-8").splitlines()
    fields = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return tuple(domain for domain, kind, _source in fields if kind == "ats")
