"""Turns a composed page into one HTML file that needs nothing from elsewhere.

Only the template engine and what keeps the file closed (embedded fonts, scripts known by their hash) belong here.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mel_pipeline.declarations.models import Thresholds
from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.page import Page
from mel_pipeline.publish.vendored import drawing_library, fonts
from mel_pipeline.publish.words import Words


def render(page: Page, thresholds: Thresholds, words: Words) -> str:
    """The page as HTML, equal for equal input."""
    scripts = [drawing_library(), _own("page.js")]
    charts = {figure.name: figure.chart for figure in page.figures if figure.chart is not None}
    template = _environment(words).get_template("page.html.j2")
    return template.render(
        page=page,
        thresholds=thresholds,
        words=words,
        numbers=Numbers(words),
        style=Markup(_own("page.css")),  # noqa: S704 (our own file)
        scripts=[Markup(script) for script in scripts],  # noqa: S704 (our own and verified files)
        charts=embedded_json(charts),
        policy=_content_policy(scripts),
        fonts=fonts(words.is_right_to_left),
    )


def embedded_json(value: object) -> Markup:
    """JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704


def _content_policy(scripts: list[str]) -> str:
    """Nothing may be loaded, and no script may run but these; Plotly sets styles of its own."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _own(name: str) -> str:
    return (files("mel_pipeline.publish") / "templates" / name).read_text(encoding="utf-8")


def _environment(words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("mel_pipeline.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words.translations.gettext, words.translations.ngettext, newstyle=True
    )
    return environment
