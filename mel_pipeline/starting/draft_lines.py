"""What `mel new` says about a draft: what there is, what was left out and why, and what to do next."""

from pathlib import Path

from mel_pipeline.declarations.models import Words
from mel_pipeline.starting.draft_programme import Draft

MOST_NAMES = 12
_KINDS: dict[str, Words] = {
    "constraint": {"en": "constraint", "fr": "contrainte", "ar": "قيد"},
    "relevant": {"en": "when asked", "fr": "condition d'affichage", "ar": "شرط الظهور"},
    "group": {"en": "when its group is asked", "fr": "condition du groupe", "ar": "شرط ظهور المجموعة"},
}
_LINES: dict[str, Words] = {
    "done": {
        "en": "Drafted {folder}: {sources} sources, {rules} rules, {indicators} indicators, in {languages}",
        "fr": "Ébauche dans {folder} : {sources} sources, {rules} règles, {indicators} indicateurs, en {languages}",
        "ar": "المسودة في {folder}: المصادر {sources}، القواعد {rules}، المؤشرات {indicators}، باللغات {languages}",
    },
    "rows": {"en": "  {source}: {rows} rows", "fr": "  {source} : {rows} lignes", "ar": "  {source}: الأسطر {rows}"},
    "copied": {"en": "Data copied to {file}", "fr": "Données copiées dans {file}", "ar": "نُسخت البيانات إلى {file}"},
    "dropped": {
        "en": "Not read, because they may tell who somebody is ({n}): {names}",
        "fr": "Non lues, car elles peuvent révéler l'identité d'une personne ({n}) : {names}",
        "ar": "لا تُقرأ لأنها قد تكشف هوية شخص ({n}): {names}",
    },
    "restricted": {
        "en": "Free text, kept apart for officers ({n}): {names}",
        "fr": "Texte libre, gardé à part pour les responsables ({n}) : {names}",
        "ar": "نصوص حرة محفوظة على حدة للمسؤولين ({n}): {names}",
    },
    "consent": {
        "en": "Of those who refuse in the question {question}, nothing but the refusal is kept",
        "fr": "De ceux qui refusent à la question {question}, seul le refus est conservé",
        "ar": "لا يُحفظ ممن يرفض في السؤال {question} سوى الرفض",
    },
    "untranslated": {
        "en": "Conditions of the form that became no rule ({n}); rules.yml lists them with the part in the way:",
        "fr": "Conditions du formulaire restées sans règle ({n}) ; rules.yml les énumère avec ce qui bloque :",
        "ar": "شروط في الاستمارة لم تصبح قواعد ({n})؛ وهي مدرجة في rules.yml مع ما أعاقها:",
    },
    "repeats": {
        "en": "Repeats without data, or without a column that leads to their submission: {names}. "
        "Give their file with --data, too",
        "fr": "Répétitions sans données, ou sans colonne menant à leur soumission : {names}. "
        "Donner aussi leur fichier avec --data",
        "ar": "مجموعات متكررة بلا بيانات أو بلا عمود يقود إلى استمارتها: {names}. أضف ملفها أيضا بالخيار --data",
    },
    "unused": {
        "en": "Not copied, because no question of the form stands in it: {names}",
        "fr": "Non copié, car aucune question du formulaire n'y figure : {names}",
        "ar": "لم يُنسخ لأنه لا يتضمن أي سؤال من الاستمارة: {names}",
    },
    "columns": {
        "en": "Columns of the data that the form does not ask ({n}), not read: {names}",
        "fr": "Colonnes des données absentes du formulaire ({n}), non lues : {names}",
        "ar": "أعمدة في البيانات لا تسأل عنها الاستمارة ({n})، لا تُقرأ: {names}",
    },
    "no_choice": {
        "en": "Answers that are none of the form's choices; is the form of another version? {names}",
        "fr": "Réponses absentes des choix du formulaire ; s'agit-il d'une autre version ? {names}",
        "ar": "إجابات ليست من خيارات الاستمارة؛ فهل هي نسخة أخرى؟ {names}",
    },
    "guessed": {
        "en": "The form names none of the languages en, fr, ar: its words stand as English. Correct them",
        "fr": "Le formulaire n'indique aucune des langues en, fr, ar : ses mots figurent comme anglais. Les corriger",
        "ar": "لا تذكر الاستمارة أيا من اللغات en وfr وar: وُضعت كلماتها على أنها إنجليزية. صححها",
    },
    "languages": {
        "en": "Languages of the form in which no programme can be told yet: {names}",
        "fr": "Langues du formulaire dans lesquelles aucun programme ne peut encore être présenté : {names}",
        "ar": "لغات في الاستمارة لا يمكن عرض برنامج بها بعد: {names}",
    },
    "lent": {
        "en": "Labels missing in one language, taken from another: {n}",
        "fr": "Libellés absents dans une langue, repris d'une autre : {n}",
        "ar": "تسميات غائبة في لغة وأُخذت من أخرى: {n}",
    },
    "next": {
        "en": "Next: read the comments on top of the files, then",
        "fr": "Ensuite : lire les commentaires en tête des fichiers, puis",
        "ar": "الخطوة التالية: اقرأ التعليقات في أعلى الملفات، ثم",
    },
}
_ERRORS: dict[str, Words] = {
    "no_answers": {
        "en": "The data has no answers to the form: no column is a question. Is it of another form?",
        "fr": "Les données ne répondent pas au formulaire : aucune colonne n'est une question. Autre formulaire ?",
        "ar": "لا تجيب البيانات عن الاستمارة: لا عمود فيها يطابق سؤالا. فهل هي من استمارة أخرى؟",
    },
    "no_key": {
        "en": "Nothing tells submissions apart: expected a column such as _uuid, or one without repeated values.",
        "fr": "Rien ne distingue les soumissions : une colonne telle que _uuid, ou sans valeur répétée, est attendue.",
        "ar": "لا شيء يميز الاستمارات بعضها من بعض: يُتوقع عمود مثل _uuid أو عمود لا تتكرر فيه قيمة.",
    },
    "no_day": {
        "en": "The data has no day: expected answers to today, start or end, or the column _submission_time.",
        "fr": "Les données n'ont pas de jour : today, start, end ou la colonne _submission_time sont attendus.",
        "ar": "لا يوم في البيانات: يُتوقع today أو start أو end أو العمود _submission_time.",
    },
}


def error_line(code: str, language: str) -> str:
    """Why there is no draft."""
    return _in(_ERRORS[code], language)


def draft_lines(draft: Draft, folder: Path, language: str) -> list[str]:
    """Everything an officer should know about a draft."""

    def line(key: str, **values: object) -> str:
        return _in(_LINES[key], language).format(**values)

    def named(key: str, names: list[str]) -> list[str]:
        return [line(key, n=len(names), names=_some(names))] if names else []

    done = {"sources": len(draft.sources), "rules": draft.n_rules, "indicators": draft.n_indicators}
    lines = [line("done", folder=folder, languages=", ".join(draft.languages), **done)]
    lines += [line("rows", source=source, rows=rows) for source, rows in draft.sources.items()]
    lines += [line("copied", file=file) for file in draft.raw_files]
    lines += named("dropped", draft.dropped) + named("restricted", draft.restricted)
    lines += [line("consent", question=draft.consent)] if draft.consent else []
    if draft.untranslated:
        lines.append(line("untranslated", n=len(draft.untranslated)))
        for each in draft.untranslated:
            lines.append(
                f"  {each.question} ({_in(_KINDS[each.kind], language)}): {_short(each.condition)} [{each.part}]"
            )
    lines += named("repeats", draft.repeats_without_data) + named("unused", draft.unused)
    lines += named("columns", draft.other_columns) + named("no_choice", draft.not_of_the_choices)
    lines += [line("guessed")] if draft.is_language_guessed else []
    lines += named("languages", draft.other_languages)
    lines += [line("lent", n=draft.n_labels_lent)] if draft.n_labels_lent else []
    return [*lines, *next_lines(folder, language)]


def next_lines(folder: Path, language: str) -> list[str]:
    """The commands that come next, for a programme with its data beside it."""
    return [
        _in(_LINES["next"], language),
        f"  mel check --programme {folder}",
        f"  mel run --programme {folder} --data {folder / 'data'}",
    ]


def _in(words: Words, language: str) -> str:
    return words.get(language, words["en"])


def _some(names: list[str]) -> str:
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" … (+{rest})" if rest > 0 else "")


def _short(condition: str) -> str:
    plain = " ".join(condition.split())
    return plain if len(plain) <= 90 else plain[:90] + "…"
