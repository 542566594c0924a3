"""What a finding says, and what to do about it, in each language the product speaks. Only words belong here."""

from collections.abc import Mapping

from mel_pipeline.honesty.findings import Finding, Kind, Outcome

SENTENCES: dict[str, dict[str, str]] = {
    "not_declared": {
        "en": "Not declared in honesty.yml, so it was not looked at",
        "fr": "Non déclaré dans honesty.yml, donc non examiné",
        "ar": "غير معلن في honesty.yml، ولذلك لم يُفحص",
    },
    "parts.found": {
        "en": "{indicator} by {dimension}: in {unexplained} of {cells} cells the categories do not add up to the "
        "total, and nothing explains it",
        "fr": "{indicator} par {dimension} : dans {unexplained} cellules sur {cells}, les catégories ne donnent pas "
        "le total, sans explication",
        "ar": "{indicator} بحسب {dimension}: في {unexplained} من {cells} خلية لا يساوي مجموع الفئات المجموع الكلي "
        "دون تفسير",
    },
    "parts.named": {
        "en": "{indicator} by {dimension}: the categories do not tell all of the total in the same way",
        "fr": "{indicator} par {dimension} : les catégories ne rendent pas tout le total de la même façon",
        "ar": "{indicator} بحسب {dimension}: لا تعبر الفئات عن المجموع كله بالطريقة نفسها",
    },
    "parts.passed": {
        "en": "In {breakdowns} breakdowns the categories add up to the total ({cells} cells looked at in all)",
        "fr": "Dans {breakdowns} ventilations, les catégories donnent le total ({cells} cellules examinées en tout)",
        "ar": "في {breakdowns} من التوزيعات يساوي مجموع الفئات المجموع الكلي (فُحصت {cells} خلية إجمالا)",
    },
    "parts.not_assessable": {
        "en": "There is no value that is broken down",
        "fr": "Aucune valeur n'est ventilée",
        "ar": "لا توجد قيمة موزعة على فئات",
    },
    "simpson.found": {
        "en": "{indicator} in {scope} moved from {before} ({period_before}) to {after} ({period}), while all "
        "{categories} categories of {dimension} moved the other way: the groups changed their sizes",
        "fr": "{indicator} pour {scope} est passé de {before} ({period_before}) à {after} ({period}), alors que les "
        "{categories} catégories de {dimension} ont toutes évolué en sens inverse : la taille des groupes a changé",
        "ar": "انتقل {indicator} في {scope} من {before} ({period_before}) إلى {after} ({period})، بينما تحركت كل "
        "فئات {dimension} وعددها {categories} في الاتجاه المعاكس: تغيرت أحجام المجموعات",
    },
    "simpson.passed": {
        "en": "In {steps} steps from one period to the next no total moved against all its categories",
        "fr": "Sur {steps} passages d'une période à l'autre, aucun total n'a évolué à l'inverse de toutes ses "
        "catégories",
        "ar": "في {steps} انتقالا من فترة إلى أخرى لم يتحرك أي مجموع عكس كل فئاته",
    },
    "simpson.not_assessable": {
        "en": "No level has two categories with enough answers in two successive periods",
        "fr": "Aucun niveau n'a deux catégories assez fournies dans deux périodes successives",
        "ar": "لا يوجد مستوى له فئتان كافيتان في فترتين متتاليتين",
    },
    "digit_heaping.found": {
        "en": "{name}: {share} % of {n} numbers in {number} end in 0 or 5, expected about {expected} % (chance {p})",
        "fr": "{name} : {share} % de {n} nombres dans {number} finissent par 0 ou 5, environ {expected} % attendus "
        "(hasard {p})",
        "ar": "{name}: ‏{share} % من {n} عدد في {number} تنتهي بصفر أو 5، والمتوقع نحو {expected} % (احتمال الصدفة {p})",
    },
    "digit_heaping.passed": {
        "en": "{name}: {share} % of {n} numbers in {number} end in 0 or 5, as counted ones would",
        "fr": "{name} : {share} % de {n} nombres dans {number} finissent par 0 ou 5, comme des nombres comptés",
        "ar": "{name}: ‏{share} % من {n} عدد في {number} تنتهي بصفر أو 5، كما في الأعداد المعدودة",
    },
    "digit_heaping.not_assessable": {
        "en": "{name}: only {n} numbers in {number}, at least {minimum} are needed",
        "fr": "{name} : seulement {n} nombres dans {number}, il en faut au moins {minimum}",
        "ar": "{name}: لا يوجد في {number} سوى {n} عدد، والمطلوب {minimum} على الأقل",
    },
    "at_target.found": {
        "en": "{scope}: {hits} of {n} results within one unit of their target lie exactly at it, expected about "
        "{expected} % (chance {p})",
        "fr": "{scope} : {hits} des {n} résultats à une unité au plus de leur cible y sont exactement, environ "
        "{expected} % attendus (hasard {p})",
        "ar": "{scope}: ‏{hits} من {n} نتيجة لا تبعد عن هدفها أكثر من وحدة تساويه تماما، والمتوقع نحو {expected} % "
        "(احتمال الصدفة {p})",
    },
    "at_target.passed": {
        "en": "{scope}: {hits} of {n} results within one unit of their target lie exactly at it, as chance would "
        "have it",
        "fr": "{scope} : {hits} des {n} résultats à une unité au plus de leur cible y sont exactement, comme le "
        "hasard le veut",
        "ar": "{scope}: ‏{hits} من {n} نتيجة لا تبعد عن هدفها أكثر من وحدة تساويه تماما، كما تقتضي الصدفة",
    },
    "at_target.not_assessable": {
        "en": "{scope}: only {n} results lie within one unit of their target, at least {minimum} are needed",
        "fr": "{scope} : seulement {n} résultats sont à une unité au plus de leur cible, il en faut au moins {minimum}",
        "ar": "{scope}: لا تقع سوى {n} نتيجة على بعد وحدة من هدفها، والمطلوب {minimum} على الأقل",
    },
    "panel.found": {
        "en": "{indicator}, {before} to {after}: all who answered changed by {whole} ({n_before} and {n_after} "
        "answers), the {n} who answered both times by {panel}: part of the change is that others answered",
        "fr": "{indicator}, de {before} à {after} : l'ensemble des répondants varie de {whole} ({n_before} puis "
        "{n_after} réponses), les {n} ayant répondu deux fois de {panel} : une part du changement vient d'autres "
        "répondants",
        "ar": "{indicator}، من {before} إلى {after}: تغير جميع المجيبين بمقدار {whole} ({n_before} ثم {n_after} "
        "إجابة)، وتغير {n} ممن أجابوا في المرتين بمقدار {panel}: جزء من التغير سببه اختلاف المجيبين",
    },
    "panel.passed": {
        "en": "{indicator}, {before} to {after}: all who answered changed by {whole}, the {n} who answered both "
        "times by {panel}",
        "fr": "{indicator}, de {before} à {after} : l'ensemble des répondants varie de {whole}, les {n} ayant "
        "répondu deux fois de {panel}",
        "ar": "{indicator}، من {before} إلى {after}: تغير جميع المجيبين بمقدار {whole}، وتغير {n} ممن أجابوا في "
        "المرتين بمقدار {panel}",
    },
    "panel.not_assessable": {
        "en": "{indicator}: {n} answered two successive waves, at least {minimum} are needed",
        "fr": "{indicator} : {n} ont répondu à deux vagues successives, il en faut au moins {minimum}",
        "ar": "{indicator}: أجاب {n} في جولتين متتاليتين، والمطلوب {minimum} على الأقل",
    },
    "drift.found_rate": {
        "en": "{table}: {after} % answered in {wave}, {before} % in {wave_before} (chance {p})",
        "fr": "{table} : {after} % ont répondu en {wave}, {before} % en {wave_before} (hasard {p})",
        "ar": "{table}: أجاب {after} % في {wave}، و{before} % في {wave_before} (احتمال الصدفة {p})",
    },
    "drift.passed_rate": {
        "en": "{table}: {after} % answered in {wave}, {before} % in {wave_before}; chance can do that",
        "fr": "{table} : {after} % ont répondu en {wave}, {before} % en {wave_before} ; le hasard peut l'expliquer",
        "ar": "{table}: أجاب {after} % في {wave}، و{before} % في {wave_before}؛ وقد يكون ذلك صدفة",
    },
    "drift.found": {
        "en": "{table}: others answered in {wave} than in {wave_before} by {dimension}; most moved {category}, from "
        "{before} % to {after} % (chance {p})",
        "fr": "{table} : en {wave}, d'autres ont répondu qu'en {wave_before} selon {dimension} ; surtout "
        "{category}, de {before} % à {after} % (hasard {p})",
        "ar": "{table}: اختلف المجيبون في {wave} عنهم في {wave_before} بحسب {dimension}؛ وأكثر ما تغير {category}، "
        "من {before} % إلى {after} % (احتمال الصدفة {p})",
    },
    "drift.passed": {
        "en": "{table}: by {dimension} those who answered in {wave} are made up as in {wave_before}",
        "fr": "{table} : selon {dimension}, les répondants de {wave} se répartissent comme ceux de {wave_before}",
        "ar": "{table}: بحسب {dimension} يتوزع المجيبون في {wave} كما في {wave_before}",
    },
    "drift.not_assessable": {
        "en": "{table}: too few answers in two waves to compare who answered",
        "fr": "{table} : trop peu de réponses dans deux vagues pour comparer les répondants",
        "ar": "{table}: الإجابات في جولتين أقل من أن تسمح بمقارنة المجيبين",
    },
    "self_totals.found": {
        "en": "{indicator}, {scope}: its own totals add up to {theirs}, ours to {ours}; they differ in {different} "
        "of {periods} periods",
        "fr": "{indicator}, {scope} : ses propres totaux donnent {theirs}, les nôtres {ours} ; ils diffèrent dans "
        "{different} périodes sur {periods}",
        "ar": "{indicator}، {scope}: مجموع أرقامه الخاصة {theirs} ومجموع أرقامنا {ours}؛ وهي تختلف في {different} "
        "من {periods} فترة",
    },
    "self_totals.passed": {
        "en": "{indicator}, {scope}: its own totals add up to {theirs}, ours to {ours}",
        "fr": "{indicator}, {scope} : ses propres totaux donnent {theirs}, les nôtres {ours}",
        "ar": "{indicator}، {scope}: مجموع أرقامه الخاصة {theirs} ومجموع أرقامنا {ours}",
    },
    "self_totals.not_assessable": {
        "en": "{table}: no total can be set beside a value of ours",
        "fr": "{table} : aucun total ne peut être rapproché d'une de nos valeurs",
        "ar": "{table}: لا يوجد مجموع يمكن مقارنته بإحدى قيمنا",
    },
}
"""Sentences by check and outcome."""

REASONS: dict[str, dict[str, str]] = {
    "several": {
        "en": "one unit may stand in several categories ({value} cells)",
        "fr": "une unité peut figurer dans plusieurs catégories ({value} cellules)",
        "ar": "قد ترد الوحدة الواحدة في عدة فئات ({value} خلية)",
    },
    "torn": {
        "en": "the two answers of a pair may stand in different categories ({value} cells)",
        "fr": "les deux réponses d'une paire peuvent figurer dans des catégories différentes ({value} cellules)",
        "ar": "قد ترد إجابتا الزوج في فئتين مختلفتين ({value} خلية)",
    },
    "unknown": {
        "en": "the category is not known for {value} %",
        "fr": "la catégorie n'est pas connue pour {value} %",
        "ar": "الفئة غير معروفة في {value} %",
    },
    "small": {
        "en": "pages will hide {value} small groups",
        "fr": "les pages masqueront {value} petits groupes",
        "ar": "ستحجب الصفحات {value} مجموعة صغيرة",
    },
}
"""Why the categories of a breakdown do not simply add up; told where the value is not zero."""

TO_DO: dict[Kind, dict[str, str]] = {
    Kind.PARTS: {
        "en": "Do not add the categories up, and say why where they are shown; where nothing explains a gap, look "
        "for a fault in the mart",
        "fr": "N'additionnez pas les catégories et dites pourquoi là où elles figurent ; sans explication, cherchez "
        "une faute dans la table",
        "ar": "لا تجمعوا الفئات واذكروا السبب حيث تُعرض؛ وحيث لا تفسير للفرق فابحثوا عن خطأ في الجدول",
    },
    Kind.SIMPSON: {
        "en": "Tell the categories beside the total, and say that the mix changed",
        "fr": "Présentez les catégories à côté du total et signalez que la composition a changé",
        "ar": "اعرضوا الفئات بجانب المجموع واذكروا أن التركيب تغير",
    },
    Kind.DIGIT_HEAPING: {
        "en": "Ask how the numbers were counted, and set them beside the lists; treat them as estimates until then",
        "fr": "Demandez comment les nombres ont été comptés et rapprochez-les des listes ; d'ici là, traitez-les "
        "comme des estimations",
        "ar": "اسألوا كيف عُدت الأعداد وقارنوها بالقوائم، وعاملوها حتى ذلك الحين كتقديرات",
    },
    Kind.AT_TARGET: {
        "en": "Look at the rows behind these results, and ask when counting stopped and who set the targets",
        "fr": "Examinez les lignes derrière ces résultats ; demandez quand le décompte a cessé et qui a fixé les "
        "cibles",
        "ar": "انظروا في الصفوف وراء هذه النتائج واسألوا متى توقف العد ومن وضع الأهداف",
    },
    Kind.PANEL: {
        "en": "Tell the change of those who answered both times first, and weigh the answers before you call it "
        "progress",
        "fr": "Présentez d'abord le changement de ceux qui ont répondu deux fois, et pondérez avant de parler de "
        "progrès",
        "ar": "اعرضوا أولا تغير من أجابوا في المرتين، ورجحوا الإجابات قبل أن تسموه تقدما",
    },
    Kind.DRIFT: {
        "en": "Weigh the answers by this dimension, or compare only those who answered both waves; ask those who "
        "stayed away",
        "fr": "Pondérez les réponses selon cette dimension ou comparez seulement ceux qui ont répondu aux deux "
        "vagues ; relancez les absents",
        "ar": "رجحوا الإجابات بحسب هذا البعد أو قارنوا من أجابوا في الجولتين فقط، واسألوا من لم يجب",
    },
    Kind.SELF_TOTALS: {
        "en": "Ask which rows are missing or counted twice; our number stays the one that counts",
        "fr": "Demandez quelles lignes manquent ou comptent deux fois ; notre nombre reste celui qui compte",
        "ar": "اسألوا أي الصفوف ناقصة أو محتسبة مرتين؛ ورقمنا يبقى هو المعتمد",
    },
}
"""What to do about a finding of each check."""

_SEPARATOR = {"ar": "؛ "}
_DECIMAL_MARK = {"fr": ","}
_SMALLEST_P = 0.001


def says(finding: Finding, language: str) -> str:
    """What a finding says, as one sentence with its figures."""
    if finding.outcome is Outcome.NOT_DECLARED:
        return SENTENCES["not_declared"][language]
    sentence = SENTENCES[f"{finding.kind}.{finding.sentence or finding.outcome}"][language]
    told = sentence.format_map({name: _text(name, value, language) for name, value in finding.values.items()})
    reasons = [
        words[language].format(value=_text(name, finding.values[name], language))
        for name, words in REASONS.items()
        if finding.values.get(name)
    ]
    return told + (": " + _SEPARATOR.get(language, "; ").join(reasons) if reasons else "")


def to_do(finding: Finding, language: str) -> str | None:
    """What to do about a finding; nothing where there is nothing to do."""
    return TO_DO[finding.kind][language] if finding.outcome in (Outcome.FOUND, Outcome.NAMED) else None


def _text(name: str, value: object, language: str) -> str:
    """A figure or a word as the sentence shows it."""
    if isinstance(value, Mapping):
        return str(value[language])
    if not isinstance(value, float):
        return "" if value is None else str(value)
    if name == "p":
        shown = f"< {_SMALLEST_P}" if value < _SMALLEST_P else f"{value:.3f}"
    else:
        shown = f"{value:.1f}".removesuffix(".0")
    return shown.replace(".", _DECIMAL_MARK.get(language, "."))
