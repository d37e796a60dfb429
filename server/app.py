"""The Flask application over given parts, and nothing else."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask.json.provider import DefaultJSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError

from server import __version__
from server.console import Commands
from server.services.background import Background
from server.services.connect import Connecting
from server.services.desk import Desk
from server.services.joining import is_at_home
from server.services.keeping import Keeping
from server.texts import _, ngettext
from server.web import api, applications, command, connect, dashboard, data, demo, errors, labelling, operations, reach
from server.web.busy import Turns
from server.web.guard import Guard


def create_app(
    desk: Desk,
    guard: Guard,
    background: Background,
    commands: Commands,
    connecting: Connecting | None = None,
    *,
    keeping: Keeping | None = None,
) -> OpenAPI:
    """The dashboard, the extension's API, the demo inbox and the commands' door, all behind the guard.

    Without `connecting` there is no Connect page, without `keeping` no page Your data.
    """
    app = OpenAPI(
        "server.web",
        info=Info(title="Class Act", version=__version__),
        validation_error_status=400,
        validation_error_callback=_invalid,
        doc_ui=False,
        static_folder="static",
        template_folder="templates",
    )
    app.json = _Json(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.before_request(guard.check)
    app.after_request(guard.protect)
    turns = Turns(lambda message_id: is_at_home(desk.store, desk.mailboxes(), message_id))
    app.before_request(turns.take)
    app.after_request(turns.give_back)
    errors.register(app)
    app.register_api(api.blueprint(desk, guard.pairings, background))
    app.register_blueprint(command.blueprint(commands))
    app.register_blueprint(dashboard.blueprint(desk, guard, background))
    app.register_blueprint(demo.blueprint(desk, background))
    app.register_blueprint(applications.blueprint(desk))
    app.jinja_env.globals["can_connect"] = connecting is not None
    if connecting is not None:
        app.register_blueprint(connect.blueprint(desk, connecting))
        app.register_blueprint(labelling.blueprint(desk))
        app.register_blueprint(reach.blueprint(desk, background.look_now))
    app.jinja_env.globals["can_keep"] = keeping is not None
    if keeping is not None:
        app.register_blueprint(data.blueprint(desk, keeping))
    app.add_url_rule("/openapi.json", "openapi", lambda: jsonify(app.api_doc))
    return app


class _Json(DefaultJSONProvider):
    """Flask's JSON, except that a text nested too deep to read is no JSON either: 400, not 500."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def _invalid(error: ValidationError) -> Response:
    answer = jsonify(errors.body(operations.senseless(error)))
    answer.status_code = 400
    return answer
