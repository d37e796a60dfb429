"""Export, import and backup as commands: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from server.console import Console
from server.services.importing import Brought
from server.services.keeping import Keeping
from server.services.sheets import Wish
from server.texts import _, ngettext

_PARTLY = 4
_SHOWN = 20  # bad rows named one by one on a terminal; --json has them all


def export(keeping: Keeping, console: Console, *, form: str, out: str, bom: bool, force: bool = False) -> int:
    """Print the export, or write it to the file `out`."""
    text = keeping.export(form, bom=bom)
    if not out:
        console.out(text.removesuffix("\n"))
        return 0
    keeping.write(Path(out), text if text.endswith("\n") else f"{text}\n", replace=force)
    console.err(_("Written: %(path)s") % {"path": out})
    return 0


def bring_in(
    keeping: Keeping,
    console: Console,
    *,
    file: str,
    dry_run: bool,
    columns: Mapping[str, str],
    all_rejected: bool,
    day_first: bool | None,
    as_json: bool,
) -> int:
    """Take the file in and say what came of it; 4 when something in it could not be read."""
    brought = keeping.bring_in(Path(file), Wish(columns, all_rejected, day_first), dry_run=dry_run)
    if as_json:
        console.out(json.dumps(_answer(brought), ensure_ascii=False))
    else:
        for line in brought_lines(brought):
            console.out(line)
        for where, why in brought.bad[:_SHOWN]:
            console.err(_("Left out, %(where)s: %(why)s.") % {"where": where, "why": why})
        if len(brought.bad) > _SHOWN:
            console.err(_("… and %(count)d more; --json names them all.") % {"count": len(brought.bad) - _SHOWN})
    return _PARTLY if brought.bad else 0


def back_up(keeping: Keeping, console: Console, *, file: str, force: bool = False) -> int:
    """Write the backup."""
    made = keeping.back_up(Path(file), replace=force)
    console.err(
        _("Written: %(path)s (%(records)d records, %(files)d other files, %(size).1f MB). Only you can read it.")
        % {"path": file, "records": made.records, "files": made.files, "size": made.size / 1e6}
    )
    console.err(_("It holds your letters and what mails said, and no sign-in. Keep it where you keep such things."))
    return 0


def brought_lines(brought: Brought) -> Iterator[str]:
    """What an import did, in sentences."""
    if brought.columns:
        pairs = ", ".join(f"{name} ← “{column}”" for name, column in brought.columns.items())
        yield _("Columns: %(pairs)s.") % {"pairs": pairs}
        yield _("Days like 03/05/2026 are read as %(order)s.") % {
            "order": _("day/month") if brought.day_first else _("month/day")
        }
    new = brought.added.get("rejections", 0)
    said = ngettext("%(count)d rejection is new", "%(count)d rejections are new", new) % {"count": new}
    others = sum(brought.added.values()) - new
    if brought.kind == "json" and others:
        more = ngettext("%(count)d record around them", "%(count)d records around them", others) % {"count": others}
        said = _("%(said)s, with %(more)s") % {"said": said, "more": more}
    known = {"said": said, "known": brought.known}
    if brought.kind == "json":  # all kinds of records are counted, not the rejections alone
        yield _("%(said)s; %(known)d records were there already.") % known
    else:
        yield _("%(said)s; %(known)d were there already.") % known
    if brought.left_out:
        what = ", ".join(f"{status} {count}" for status, count in brought.left_out.items())
        yield _("Left out, since they say no no: %(what)s.") % {"what": what}
    if brought.dry_run:
        yield _("Nothing was changed: this was a dry run.")


def _answer(brought: Brought) -> dict[str, Any]:
    return asdict(brought) | {"bad": [{"where": where, "why": why} for where, why in brought.bad]}
