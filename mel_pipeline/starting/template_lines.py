"""What `mel new --templates` says about the templates it wrote."""

from collections.abc import Sequence

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Words
from mel_pipeline.starting.templates import Template

_LINES: dict[str, Words] = {
    "none": {
        "en": "The programme asks for nothing that has a template: no report workbook, sign-in sheet or survey form.",
        "fr": "Le programme ne demande rien qui ait un modèle : ni rapport, ni feuille de présence, ni formulaire.",
        "ar": "لا يطلب البرنامج شيئا له نموذج: لا تقرير ولا كشف حضور ولا استمارة.",
    },
    "added": {
        "en": "{file}   constraints added from rules: {n}",
        "fr": "{file}   contraintes ajoutées d'après les règles : {n}",
        "ar": "{file}   قيود أُضيفت من القواعد: {n}",
    },
    "without_form": {
        "en": "Surveys without a form.xlsx, for which there is no form to send: {names}",
        "fr": "Enquêtes sans form.xlsx, donc sans formulaire à envoyer : {names}",
        "ar": "استبيانات بلا form.xlsx، فلا استمارة لإرسالها: {names}",
    },
}


def template_lines(written: Sequence[Template], programme: Programme, language: str) -> list[str]:
    """Each file with what was added to it, and surveys that lack a form."""

    def line(key: str, **values: object) -> str:
        words = _LINES[key]
        return words.get(language, words["en"]).format(**values)

    lines = [
        line("added", file=each.path, n=each.constraints_added) if each.constraints_added else str(each.path)
        for each in written
    ]
    with_form = {each.path.stem for each in written if each.constraints_added is not None}
    surveys = [source.source for source in programme.sources.values() if source.kind == "survey"]
    without = [name for name in surveys if name not in with_form]
    if without:
        lines.append(line("without_form", names=", ".join(without)))
    return lines or [line("none")]
