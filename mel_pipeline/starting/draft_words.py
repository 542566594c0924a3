"""The words of a draft in the languages of the engine: what a form itself does not say.

Sentences of the command are here, too, so that an officer reads them in the language of the form.
"""

from mel_pipeline.declarations.models import Words

LANGUAGES = ("en", "fr", "ar")

TEXTS: dict[str, Words] = {
    "subtitle": {
        "en": "Drafted from a survey form; to be reviewed before any use",
        "fr": "Ébauche tirée d'un formulaire d'enquête ; à relire avant tout usage",
        "ar": "مسودة مستخرجة من استمارة استبيان؛ تُراجع قبل أي استخدام",
    },
    "node": {"en": "What respondents report", "fr": "Ce que déclarent les répondants", "ar": "ما يفيد به المجيبون"},
    "definition": {
        "en": "Answers to the question “{label}”",
        "fr": "Réponses à la question « {label} »",
        "ar": "الإجابات عن السؤال «{label}»",
    },
    "chosen": {
        "en": "Answers with this choice",
        "fr": "Réponses comportant ce choix",
        "ar": "الإجابات التي تضمنت هذا الخيار",
    },
    "all_answers": {
        "en": "All answers to the question",
        "fr": "Toutes les réponses à la question",
        "ar": "جميع الإجابات عن السؤال",
    },
    "sum": {
        "en": "Sum of the numbers given as answers",
        "fr": "Somme des nombres donnés en réponse",
        "ar": "مجموع الأرقام المعطاة في الإجابات",
    },
    "data_source": {"en": "Survey: {title}", "fr": "Enquête : {title}", "ar": "الاستبيان: {title}"},
    "collection": {
        "en": "Answers to the survey form, as the survey tool exports them",
        "fr": "Réponses au formulaire d'enquête, telles que l'outil d'enquête les exporte",
        "ar": "الإجابات عن استمارة الاستبيان كما تصدّرها أداة الاستبيان",
    },
    "rationale": {
        "en": "Drafted from the form; say here what the number is used for",
        "fr": "Ébauche tirée du formulaire ; dire ici à quoi sert ce nombre",
        "ar": "مسودة مستخرجة من الاستمارة: يُذكر هنا الغرض من هذا الرقم",
    },
    "responsible": {
        "en": "Monitoring, evaluation and learning officer",
        "fr": "Responsable du suivi, de l'évaluation et de l'apprentissage",
        "ar": "مسؤول المتابعة والتقييم والتعلم",
    },
    "percent": {"en": "% of answers", "fr": "% des réponses", "ar": "% من الإجابات"},
    "number": {
        "en": "number, as asked",
        "fr": "nombre, dans l'unité de la question",
        "ar": "رقم بوحدة السؤال",
    },
    "limits": {
        "en": "Drafted from the form and not weighted; say here how respondents were chosen, and for whom they stand",
        "fr": "Ébauche tirée du formulaire, sans pondération ; dire ici comment les répondants ont été choisis "
        "et qui ils représentent",
        "ar": "مسودة مستخرجة من الاستمارة دون ترجيح: يُذكر هنا كيف اختير المجيبون ومن تمثله إجاباتهم",
    },
    "unknown": {"en": "Not stated", "fr": "Non indiqué", "ar": "غير مذكور"},
    "not_a_choice": {
        "en": "The answer is none of the form's choices",
        "fr": "La réponse ne figure pas parmi les choix du formulaire",
        "ar": "الإجابة ليست من خيارات الاستمارة",
    },
    "constraint": {
        "en": "The answer does not meet the form's condition: {condition}",
        "fr": "La réponse ne remplit pas la condition du formulaire : {condition}",
        "ar": "الإجابة لا تستوفي شرط الاستمارة: {condition}",
    },
    "relevant": {
        "en": "Answered, although the form asks it only if: {condition}",
        "fr": "Question renseignée alors que le formulaire ne la pose que si : {condition}",
        "ar": "أُجيب عن السؤال مع أن الاستمارة لا تطرحه إلا إذا: {condition}",
    },
    "group_relevant": {
        "en": "A question of the group was answered, although the form asks the group only if: {condition}",
        "fr": "Une question du groupe est renseignée alors que le formulaire ne pose ce groupe que si : {condition}",
        "ar": "أُجيب عن سؤال من المجموعة مع أن الاستمارة لا تطرحها إلا إذا: {condition}",
    },
    "required": {
        "en": "The form requires an answer, and there is none",
        "fr": "Le formulaire exige une réponse, et elle manque",
        "ar": "الاستمارة تشترط إجابة، ولا توجد إجابة",
    },
    "orphan": {
        "en": "The row belongs to no submission that was accepted",
        "fr": "La ligne ne se rattache à aucune soumission acceptée",
        "ar": "لا ينتمي السطر إلى أي استمارة مقبولة",
    },
    "repeat": {"en": "{title}: {repeat}", "fr": "{title} : {repeat}", "ar": "{title}: {repeat}"},
}


def declared(key: str, languages: tuple[str, ...], **values: str | Words) -> Words:
    """A text in some languages; values that have languages of their own are filled in by language."""
    filled = {}
    for language in languages:
        said = {name: value if isinstance(value, str) else value[language] for name, value in values.items()}
        filled[language] = TEXTS[key][language].format(**said)
    return filled
