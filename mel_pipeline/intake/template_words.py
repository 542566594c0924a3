"""The sentences of `problems.py` about templates that people changed and about what they wrote into them.

Only words belong here; `problem_words.py` has all others.
"""

TEMPLATE_SENTENCES: dict[str, dict[str, str]] = {
    "error_cells": {
        "en": "{file}, sheet {sheet}: nothing was read from it, because formulas have no value or are broken: found "
        "{found}. Open the file in Excel, mend these cells, save it and send it again.",
        "fr": "{file}, feuille {sheet} : rien n'y a été lu, car des formules sont sans valeur ou cassées : {found} "
        "trouvé. Ouvrez le fichier dans Excel, corrigez ces cellules, enregistrez et renvoyez-le.",
        "ar": "{file}، الورقة {sheet}: لم يُقرأ منها شيء لأن صيغًا بلا قيمة أو معطوبة: وُجد {found}. افتحوا الملف في "
        "إكسل وصححوا هذه الخلايا واحفظوه وأرسلوه مجددًا.",
    },
    "extra_columns": {
        "en": "{file}, sheet {sheet}: columns that the template does not have were not read: found {found}. If they "
        "hold something that should count, ask for the template to be changed.",
        "fr": "{file}, feuille {sheet} : des colonnes absentes du modèle n'ont pas été lues : {found} trouvé. Si elles "
        "contiennent quelque chose à compter, demandez une modification du modèle.",
        "ar": "{file}، الورقة {sheet}: أعمدة ليست في القالب لم تُقرأ: وُجد {found}. إن كان فيها ما ينبغي احتسابه "
        "فاطلبوا تعديل القالب.",
    },
    "hidden_cells": {
        "en": "{file}, sheet {sheet}: hidden rows ({rows}) and columns ({columns}) were read like the others. Check "
        "with the sender that they belong to the report.",
        "fr": "{file}, feuille {sheet} : les lignes ({rows}) et colonnes ({columns}) masquées ont été lues comme les "
        "autres. Vérifiez avec l'expéditeur qu'elles font partie du rapport.",
        "ar": "{file}، الورقة {sheet}: قُرئت الصفوف ({rows}) والأعمدة ({columns}) المخفية كغيرها. تحققوا مع المرسل من "
        "أنها جزء من التقرير.",
    },
    "sensitive_text": {
        "en": "{file}, field {field}: sentences that told of a victim, a suspect or a case (texts: {found}) were taken "
        "out before the text was kept. Read these texts before anything is published.",
        "fr": "{file}, champ {field} : des phrases qui parlaient d'une victime, d'un suspect ou d'une affaire (textes "
        ": {found}) ont été retirées avant de garder le texte. Relisez ces textes avant toute publication.",
        "ar": "{file}، الحقل {field}: حُذفت جمل تذكر ضحية أو مشتبهًا به أو قضية (عدد النصوص {found}) قبل حفظ النص. "
        "اقرؤوا هذه النصوص قبل أي نشر.",
    },
    "unreadable_yaml": {
        "en": "{file} cannot be read as a report in YAML: found something wrong at line {found}, expected values of "
        "the cover and a list for each sheet. Look at this line and the one before it.",
        "fr": "{file} est illisible comme rapport en YAML : erreur trouvée à la ligne {found}, valeurs de la "
        "couverture et une liste par feuille attendues. Regardez cette ligne et la précédente.",
        "ar": "تعذرت قراءة {file} كتقرير بصيغة YAML: وُجد خطأ في السطر {found}، والمتوقع قيم الغلاف وقائمة لكل ورقة. "
        "انظروا هذا السطر وما قبله.",
    },
}
"""One sentence for each code and language; gaps in braces."""
