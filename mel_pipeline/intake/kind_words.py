"""Kinds of files and of personal data in each language the product speaks, as they stand inside a sentence.

The sentences belong to `problem_words.py`.
"""

WORDS: dict[str, dict[str, str]] = {
    "nothing": {
        "en": "nothing",
        "fr": "rien",
        "ar": "لا شيء",
    },
    "pdf": {
        "en": "a PDF document",
        "fr": "un document PDF",
        "ar": "مستند PDF",
    },
    "word_document": {
        "en": "a Word document",
        "fr": "un document Word",
        "ar": "مستند وورد",
    },
    "presentation": {
        "en": "a presentation",
        "fr": "une présentation",
        "ar": "عرض تقديمي",
    },
    "open_document": {
        "en": "an OpenDocument file",
        "fr": "un fichier OpenDocument",
        "ar": "ملف OpenDocument",
    },
    "old_office": {
        "en": "a file of an old Office version (.xls or .doc)",
        "fr": "un fichier d'une ancienne version d'Office (.xls ou .doc)",
        "ar": "ملف من إصدار قديم من أوفيس (.xls أو .doc)",
    },
    "locked_workbook": {
        "en": "a workbook protected by a password",
        "fr": "un classeur protégé par un mot de passe",
        "ar": "مصنف محمي بكلمة مرور",
    },
    "binary_workbook": {
        "en": "a binary workbook (.xlsb)",
        "fr": "un classeur binaire (.xlsb)",
        "ar": "مصنف ثنائي (.xlsb)",
    },
    "image": {
        "en": "an image",
        "fr": "une image",
        "ar": "صورة",
    },
    "archive": {
        "en": "a compressed archive",
        "fr": "une archive compressée",
        "ar": "أرشيف مضغوط",
    },
    "web_page": {
        "en": "a web page",
        "fr": "une page web",
        "ar": "صفحة ويب",
    },
    "xml": {
        "en": "an XML file",
        "fr": "un fichier XML",
        "ar": "ملف XML",
    },
    "rich_text": {
        "en": "a rich text document",
        "fr": "un document RTF",
        "ar": "مستند نص منسق",
    },
    "binary": {
        "en": "a binary file",
        "fr": "un fichier binaire",
        "ar": "ملف ثنائي",
    },
    "locked_file": {
        "en": "a file protected by a password",
        "fr": "un fichier protégé par un mot de passe",
        "ar": "ملف محمي بكلمة مرور",
    },
    "json_document": {
        "en": "a JSON document (JSON lines hold one record on each line)",
        "fr": "un document JSON (les lignes JSON ont un enregistrement par ligne)",
        "ar": "مستند JSON (أسطر JSON فيها سجل في كل سطر)",
    },
    "parquet": {
        "en": "Parquet",
        "fr": "Parquet",
        "ar": "Parquet",
    },
    "spss": {
        "en": "SPSS (.sav)",
        "fr": "SPSS (.sav)",
        "ar": "SPSS ‎(.sav)",
    },
    "stata": {
        "en": "Stata (.dta)",
        "fr": "Stata (.dta)",
        "ar": "Stata ‎(.dta)",
    },
    "no_workbook": {
        "en": "a file that cannot be read as a workbook",
        "fr": "un fichier illisible comme classeur",
        "ar": "ملف لا يُقرأ كمصنف",
    },
    "email_cells": {
        "en": "e-mail addresses",
        "fr": "des adresses électroniques",
        "ar": "عناوين بريد إلكتروني",
    },
    "phone_cells": {
        "en": "telephone numbers",
        "fr": "des numéros de téléphone",
        "ar": "أرقام هواتف",
    },
    "name_cells": {
        "en": "names of people",
        "fr": "des noms de personnes",
        "ar": "أسماء أشخاص",
    },
}
"""Kinds of files and of personal data, as they stand inside a sentence."""
