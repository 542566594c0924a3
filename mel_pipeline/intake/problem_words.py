"""The sentences of `problems.py` in each language the product speaks. Only words belong here.

Every sentence names the file, what is wrong, what was found and expected, and what to do.
"""

from mel_pipeline.intake.template_words import TEMPLATE_SENTENCES

SENTENCES: dict[str, dict[str, str]] = TEMPLATE_SENTENCES | {
    "empty_file": {
        "en": "{file} is empty: found 0 bytes, expected a table. Ask the sender for the file again.",
        "fr": "{file} est vide : 0 octet trouvé, un tableau attendu. Redemandez le fichier à l'expéditeur.",
        "ar": "{file} فارغ: وُجد 0 بايت والمتوقع جدول. اطلبوا الملف من المرسل مجددًا.",
    },
    "no_rows": {
        "en": "{file} has a header but no rows: found 0 records, expected at least 1. Check with the sender"
        " that nothing was lost.",
        "fr": "{file} a un en-tête mais aucune ligne : 0 enregistrement trouvé, au moins 1 attendu. "
        "Vérifiez avec l'expéditeur que rien n'a été perdu.",
        "ar": "{file} فيه صف عناوين بلا سجلات: وُجد 0 والمتوقع سجل واحد على الأقل. تحققوا مع المرسل من أن شيئًا لم يُفقد.",
    },
    "not_a_table": {
        "en": "{file} is not a table: found {found}, expected a CSV file or an Excel workbook (.xlsx). Ask "
        "the sender for the data as CSV or .xlsx; renaming a file does not convert it.",
        "fr": "{file} n'est pas un tableau : {found} trouvé, un fichier CSV ou un classeur Excel (.xlsx) "
        "attendu. Demandez les données en CSV ou .xlsx ; renommer un fichier ne le convertit pas.",
        "ar": "{file} ليس جدولًا: وُجد {found} والمتوقع ملف CSV أو مصنف إكسل (.xlsx). اطلبوا البيانات بصيغة"
        " CSV أو ‎.xlsx؛ تغيير اسم الملف لا يحوّله.",
    },
    "unreadable_workbook": {
        "en": "{file} cannot be read as an Excel workbook: it is cut off or damaged. Ask the sender for the"
        " file again, or open it in Excel and save it anew.",
        "fr": "{file} ne peut pas être lu comme classeur Excel : il est tronqué ou endommagé. Redemandez le"
        " fichier, ou ouvrez-le dans Excel et enregistrez-le à nouveau.",
        "ar": "تعذرت قراءة {file} كمصنف إكسل: الملف مبتور أو تالف. اطلبوا الملف مجددًا، أو افتحوه في إكسل "
        "واحفظوه من جديد.",
    },
    "oversized_workbook": {
        "en": "{file} is too large to be read safely: found {found}, expected at most {expected}. Delete "
        "what is not needed and save the workbook anew.",
        "fr": "{file} est trop volumineux pour être lu sans risque : {found} trouvé, {expected} au plus "
        "attendu. Supprimez ce qui est inutile et enregistrez le classeur à nouveau.",
        "ar": "{file} أكبر من أن يُقرأ بأمان: وُجد {found} والمتوقع {expected} على الأكثر. احذفوا ما لا "
        "يلزم واحفظوا المصنف من جديد.",
    },
    "too_many_columns": {
        "en": "{file} has too many columns: found {found} in row {row}, expected at most {expected}. Look for a line "
        "that was broken or joined, and save the file anew.",
        "fr": "{file} a trop de colonnes : {found} trouvées à la ligne {row}, {expected} au plus attendues. Cherchez "
        "une ligne coupée ou collée et enregistrez le fichier à nouveau.",
        "ar": "في {file} أعمدة أكثر مما يلزم: وُجد {found} في السطر {row} والمتوقع {expected} على الأكثر. ابحثوا عن سطر "
        "مقطوع أو ملتصق بغيره واحفظوا الملف من جديد.",
    },
    "far_cell": {
        "en": "{file}, sheet {sheet}: a cell stands far outside the table: found {found}, expected at most "
        "{expected} cells. Delete the empty rows and columns beyond the data and save anew.",
        "fr": "{file}, feuille {sheet} : une cellule se trouve loin hors du tableau : {found} trouvée, "
        "{expected} cellules au plus attendues. Supprimez les lignes et colonnes vides au-delà des "
        "données et enregistrez à nouveau.",
        "ar": "{file}، الورقة {sheet}: خلية بعيدة خارج الجدول: وُجدت {found} والمتوقع {expected} خلية على "
        "الأكثر. احذفوا الصفوف والأعمدة الفارغة بعد البيانات واحفظوا من جديد.",
    },
    "unreadable_table": {
        "en": "{file} cannot be read as a file of {found}: it is cut off or damaged. Ask the sender for the file "
        "again, or for the data as CSV.",
        "fr": "{file} ne peut pas être lu comme fichier {found} : il est tronqué ou endommagé. Redemandez le fichier, "
        "ou les données en CSV.",
        "ar": "تعذرت قراءة {file} كملف {found}: الملف مبتور أو تالف. اطلبوا الملف مجددًا، أو البيانات بصيغة CSV.",
    },
    "oversized_table": {
        "en": "{file} is too large to be read safely: found {found} rows × columns, expected at most {expected} cells. "
        "Ask the sender for the data in several files.",
        "fr": "{file} est trop volumineux pour être lu sans risque : {found} lignes × colonnes trouvées, {expected} "
        "cellules au plus attendues. Demandez les données en plusieurs fichiers.",
        "ar": "{file} أكبر من أن يُقرأ بأمان: وُجد {found} (صفوف × أعمدة) والمتوقع {expected} خلية على الأكثر. اطلبوا "
        "البيانات في عدة ملفات.",
    },
    "broken_record": {
        "en": "{file}, line {row}: found something else than one JSON record, expected one on each line. The file may "
        "be cut off; export it again.",
        "fr": "{file}, ligne {row} : autre chose qu'un enregistrement JSON trouvé, un par ligne attendu. Le fichier "
        "est peut-être tronqué ; exportez-le à nouveau.",
        "ar": "{file}، السطر {row}: وُجد غير سجل JSON والمتوقع سجل واحد في كل سطر. قد يكون الملف مبتورًا؛ صدّروه مجددًا.",
    },
    "unknown_encoding": {
        "en": "{file} holds characters that are not UTF-8 (byte {found}), and its words do not tell what else; "
        "expected a CSV in UTF-8. In Excel choose Save as, CSV UTF-8, or name its `encoding` in source.yml.",
        "fr": "{file} contient des caractères qui ne sont pas en UTF-8 (octet {found}), et ses mots ne disent pas quel "
        "est l'encodage ; CSV en UTF-8 attendu. Dans Excel, choisissez Enregistrer sous, CSV UTF-8, ou nommez "
        "l'encodage (`encoding`) dans source.yml.",
        "ar": "{file} فيه أحرف ليست بترميز UTF-8 (البايت {found}) ولا تدل كلماته على ترميز آخر، والمتوقع CSV بترميز "
        "UTF-8. في إكسل اختاروا حفظ باسم ثم CSV UTF-8، أو سمّوا ترميزه (`encoding`) في source.yml.",
    },
    "lost_letters": {
        "en": "{file}, field {field}, row {row}: letters were lost when the file was saved in another encoding (rows: "
        "{found}); they cannot be brought back. Export it again as CSV in UTF-8, and do not open it in between.",
        "fr": "{file}, champ {field}, ligne {row} : des lettres ont été perdues lors d'un enregistrement dans un autre "
        "encodage (lignes : {found}) ; elles sont irrécupérables. Exportez à nouveau en CSV UTF-8, sans ouvrir le "
        "fichier entre-temps.",
        "ar": "{file}، الحقل {field}، الصف {row}: فُقدت أحرف عند حفظ الملف بترميز آخر (عدد الصفوف {found}) ولا يمكن "
        "استرجاعها. صدّروه مجددًا بصيغة CSV UTF-8 دون فتحه في الأثناء.",
    },
    "rows_missing": {
        "en": "{file} has lost rows: column {column} counts to {expected}, but numbers {found} are missing (rows "
        "missing: {n_missing}). Export it again; if rows were left out on purpose, leave out the column too.",
        "fr": "{file} a perdu des lignes : la colonne {column} compte jusqu'à {expected}, mais les numéros {found} "
        "manquent (lignes manquantes : {n_missing}). Exportez-le à nouveau ; si c'est voulu, retirez aussi la colonne.",
        "ar": "{file} فقد صفوفًا: يعدّ العمود {column} حتى {expected} لكن الأرقام {found} ناقصة (عدد الصفوف الناقصة "
        "{n_missing}). صدّروه مجددًا؛ وإن حُذفت الصفوف عمدًا فاحذفوا العمود أيضًا.",
    },
    "broken_index": {
        "en": "{file}, row {row}: column {column} holds no number, expected one in every row. A line break or a "
        "separator inside a text has torn the row; export it again.",
        "fr": "{file}, ligne {row} : la colonne {column} ne contient pas de numéro, un par ligne attendu. Un saut de "
        "ligne ou un séparateur dans un texte a coupé la ligne ; exportez-le à nouveau.",
        "ar": "{file}، الصف {row}: لا رقم في العمود {column} والمتوقع رقم في كل صف. قطع فاصلٌ أو سطر جديد داخل نص هذا "
        "الصف؛ صدّروه مجددًا.",
    },
    "other_row_count": {
        "en": "{file} does not hold what its note announces: found {found} rows, expected {expected}. Ask the sender "
        "for the complete file, or correct `rows` in the note beside it.",
        "fr": "{file} ne contient pas ce qu'annonce sa note : {found} lignes trouvées, {expected} attendues. Demandez "
        "le fichier complet, ou corrigez `rows` dans la note qui l'accompagne.",
        "ar": "{file} لا يحوي ما تعلنه ملاحظته: وُجد {found} صفًا والمتوقع {expected}. اطلبوا الملف الكامل، أو صححوا "
        "`rows` في الملاحظة المرافقة.",
    },
    "broken_quotes": {
        "en": "{file} has a broken quotation mark: found in or after row {row}, expected quotes in pairs. "
        "The file may be cut off; export it again.",
        "fr": "{file} a un guillemet défectueux : trouvé à la ligne {row} ou après, guillemets par paires "
        "attendus. Le fichier est peut-être tronqué ; exportez-le à nouveau.",
        "ar": "{file} فيه علامة اقتباس مكسورة: وُجدت في الصف {row} أو بعده، والمتوقع علامات مزدوجة. قد يكون"
        " الملف مبتورًا؛ صدّروه مجددًا.",
    },
    "ragged_row": {
        "en": "{file}, row {row}: found {found} cells, expected {expected} as in the header. A separator "
        "inside a text is not quoted, or the file is cut off; export it again.",
        "fr": "{file}, ligne {row} : {found} cellules trouvées, {expected} attendues comme dans l'en-tête. "
        "Un séparateur dans un texte n'est pas entre guillemets, ou le fichier est tronqué ; "
        "exportez-le à nouveau.",
        "ar": "{file}، الصف {row}: وُجدت {found} خلايا والمتوقع {expected} كما في صف العناوين. فاصل داخل نص"
        " بلا علامات اقتباس، أو الملف مبتور؛ صدّروه مجددًا.",
    },
    "missing_sheet": {
        "en": "{file} lacks a sheet: found {found}, expected one of {expected}. Rename the sheet or use the template.",
        "fr": "{file} n'a pas la feuille voulue : {found} trouvé, l'une de {expected} attendue. Renommez la"
        " feuille ou utilisez le modèle.",
        "ar": "{file} تنقصه ورقة: وُجد {found} والمتوقع واحدة من {expected}. أعيدوا تسمية الورقة أو استخدموا القالب.",
    },
    "missing_cover_value": {
        "en": "{file}, sheet {sheet}: found no value for {missing}, expected one beside each label. Fill in"
        " the cover sheet.",
        "fr": "{file}, feuille {sheet} : aucune valeur trouvée pour {missing}, une attendue à côté de "
        "chaque libellé. Remplissez la page de couverture.",
        "ar": "{file}، الورقة {sheet}: لا قيمة مقابل {missing}، والمتوقع قيمة بجانب كل بند. املؤوا ورقة الغلاف.",
    },
    "missing_header": {
        "en": "{file} lacks required columns: expected {missing}; found {found} columns, the nearest names "
        "are {nearest}. Correct the header row, or add the name to the source's headers.",
        "fr": "Il manque des colonnes obligatoires à {file} : {missing} attendu ; {found} colonnes "
        "trouvées, les noms les plus proches sont {nearest}. Corrigez l'en-tête, ou ajoutez le nom "
        "aux en-têtes de la source.",
        "ar": "تنقص {file} أعمدة إلزامية: المتوقع {missing}؛ وُجد {found} أعمدة، وأقرب الأسماء {nearest}. "
        "صححوا صف العناوين أو أضيفوا الاسم إلى عناوين المصدر.",
    },
    "header_not_found": {
        "en": "{file}: no header row found in {found}; expected a row with names such as {expected}. Put "
        "the column names in one row above the records.",
        "fr": "{file} : aucune ligne d'en-tête trouvée dans {found} ; une ligne avec des noms tels que "
        "{expected} attendue. Mettez les noms des colonnes sur une ligne au-dessus des "
        "enregistrements.",
        "ar": "{file}: لم يُعثر على صف عناوين في {found}؛ المتوقع صف فيه أسماء مثل {expected}. ضعوا أسماء "
        "الأعمدة في صف واحد فوق السجلات.",
    },
    "ambiguous_header": {
        "en": "{file}: several columns answer to one name: found columns {found} for {field}, expected one."
        " Export with the full path in the header (for KoboToolbox: XML values), or rename one "
        "column.",
        "fr": "{file} : plusieurs colonnes répondent à un même nom : colonnes {found} trouvées pour "
        "{field}, une seule attendue. Exportez avec le chemin complet (KoboToolbox : valeurs XML), ou"
        " renommez une colonne.",
        "ar": "{file}: أعمدة عدة تحمل الاسم نفسه: وُجدت الأعمدة {found} للحقل {field} والمتوقع عمود واحد. "
        "صدّروا بالمسار الكامل (في KoboToolbox: قيم XML) أو أعيدوا تسمية عمود.",
    },
    "file_name_pattern": {
        "en": "{file}: the file name does not tell {missing}: expected a name like {expected}. Rename the file.",
        "fr": "{file} : le nom du fichier n'indique pas {missing} : un nom comme {expected} attendu. "
        "Renommez le fichier.",
        "ar": "{file}: لا يدل اسم الملف على {missing}: المتوقع اسم مثل {expected}. أعيدوا تسمية الملف.",
    },
    "faulty_meta": {
        "en": "{file}: the note beside it ({meta}) cannot be read: found {found}, expected received_on as "
        "YYYY-MM-DD, synthetic as true or false, and rows as a whole number. Correct the note.",
        "fr": "{file} : la note qui l'accompagne ({meta}) est illisible : {found} trouvé, received_on au "
        "format AAAA-MM-JJ, synthetic true ou false et rows en nombre entier attendus. Corrigez la note.",
        "ar": "{file}: تعذرت قراءة الملاحظة المرافقة ({meta}): وُجد {found}، والمتوقع received_on بصيغة "
        "YYYY-MM-DD و synthetic بقيمة true أو false و rows عددًا صحيحًا. صححوا الملاحظة.",
    },
    "faulty_form": {
        "en": "{file}: the survey form {form} cannot be used: found {found}, expected an XLSForm with "
        "sheets survey and choices. Put the deployed form beside source.yml.",
        "fr": "{file} : le formulaire {form} est inutilisable : {found} trouvé, un XLSForm avec les "
        "feuilles survey et choices attendu. Placez le formulaire déployé à côté de source.yml.",
        "ar": "{file}: تعذر استخدام الاستمارة {form}: وُجد {found}، والمتوقع XLSForm فيه الورقتان survey و "
        "choices. ضعوا الاستمارة المنشورة بجانب source.yml.",
    },
    "cannot_be_opened": {
        "en": "{file} cannot be opened: the system refused, expected a file that may be read. Close it in "
        "Excel, let the synchronisation finish, and check the permissions.",
        "fr": "{file} ne peut pas être ouvert : le système a refusé, un fichier lisible était attendu. "
        "Fermez-le dans Excel, laissez finir la synchronisation et vérifiez les droits.",
        "ar": "تعذر فتح {file}: رفض النظام ذلك، والمتوقع ملف مسموح بقراءته. أغلقوه في إكسل وانتظروا انتهاء "
        "المزامنة وتحققوا من الأذونات.",
    },
    "cannot_be_read": {
        "en": "{file} cannot be read: found content that the reader for {format} does not understand, "
        "expected a file as the tool exports it. Export it again; if that does not help, show the "
        "file to whoever looks after the pipeline.",
        "fr": "{file} ne peut pas être lu : contenu que le lecteur {format} ne comprend pas, un fichier tel"
        " que l'outil l'exporte attendu. Exportez-le à nouveau ; sinon montrez-le à la personne "
        "responsable du pipeline.",
        "ar": "تعذرت قراءة {file}: فيه محتوى لا يفهمه قارئ {format}، والمتوقع ملف كما تصدّره الأداة. صدّروه"
        " مجددًا؛ وإن لم ينفع فاعرضوا الملف على المسؤول عن خط المعالجة.",
    },
    "no_last_line_break": {
        "en": "{file} may have been cut short: its last line does not end as a line does. Compare its last row "
        "with the sender's file.",
        "fr": "{file} a peut-être été coupé : sa dernière ligne ne se termine pas comme une ligne. Comparez sa "
        "dernière ligne avec le fichier de l'expéditeur.",
        "ar": "ربما قُطع {file}: سطره الأخير لا ينتهي كما ينتهي السطر. قارنوا سطره الأخير بملف المرسل.",
    },
    "fewer_rows_than_announced": {
        "en": "{file} announces more than it holds: found {found} people, expected {expected}. Ask the host"
        " for the complete list.",
        "fr": "{file} annonce plus qu'il ne contient : {found} personnes trouvées, {expected} attendues. "
        "Demandez la liste complète à l'hôte.",
        "ar": "{file} يعلن أكثر مما فيه: وُجد {found} أشخاص والمتوقع {expected}. اطلبوا القائمة الكاملة من المضيف.",
    },
    "more_rows_than_announced": {
        "en": "{file} holds more people than it announces: found {found}, expected {expected}. Ask the host whether "
        "lists of several meetings were put together.",
        "fr": "{file} contient plus de personnes qu'il n'en annonce : {found} trouvées, {expected} attendues. Demandez "
        "à l'hôte si les listes de plusieurs réunions ont été réunies.",
        "ar": "{file} فيه أشخاص أكثر مما يعلن: وُجد {found} والمتوقع {expected}. اسألوا المضيف هل جُمعت قوائم عدة "
        "اجتماعات.",
    },
    "minors_personal_data": {
        "en": "{file} names people under {expected} (rows: {found}). No name or address was loaded. Ask for no names.",
        "fr": "{file} nomme des personnes de moins de {expected} ans (lignes : {found}). Aucun nom, aucune adresse n'a "
        "été chargé. Demandez des listes sans noms.",
        "ar": "{file} يذكر أسماء أشخاص دون {expected} سنة (سطور: {found}). لم تُحمَّل أسماؤهم وعناوينهم. اطلبوا قوائم "
        "بلا أسماء.",
    },
    "sheet_ignored": {
        "en": "{file}, sheet {sheet}: no table found there, expected names such as {expected}. Nothing was "
        "read from it; if it holds records, correct its header row.",
        "fr": "{file}, feuille {sheet} : aucun tableau trouvé, des noms tels que {expected} attendus. Rien "
        "n'y a été lu ; si elle contient des enregistrements, corrigez son en-tête.",
        "ar": "{file}، الورقة {sheet}: لا جدول فيها، والمتوقع أسماء مثل {expected}. لم يُقرأ منها شيء؛ إن "
        "كان فيها سجلات فصححوا صف العناوين.",
    },
    "unexpected_personal_data": {
        "en": "{file}, column {column}: a column that is not expected holds what looks like {kind} (cells: {found}). "
        "Nothing of it was kept. Ask the sender to leave it out, or name it under privacy, drop.",
        "fr": "{file}, colonne {column} : une colonne inattendue contient ce qui ressemble à {kind} (cellules : "
        "{found}). Rien n'en a été gardé. Demandez à l'expéditeur de l'omettre, ou nommez-la sous privacy, drop.",
        "ar": "{file}، العمود {column}: عمود غير متوقع فيه ما يشبه {kind} (عدد الخلايا {found}). لم يُحفظ منه شيء. "
        "اطلبوا من المرسل حذفه، أو اذكروه في privacy تحت drop.",
    },
    "kept_personal_data": {
        "en": "{file}, field {field}: some cells hold what looks like {kind} (cells: {found}), where nothing of that "
        "kind is expected. They are kept as they are, and shown to nobody else; correct them if they tell of a person.",
        "fr": "{file}, champ {field} : des cellules contiennent ce qui ressemble à {kind} (cellules : {found}), ce qui "
        "n'y est pas attendu. Elles sont gardées telles quelles, sans être montrées ; corrigez-les si elles désignent "
        "une personne.",
        "ar": "{file}، الحقل {field}: خلايا فيها ما يشبه {kind} (عدد الخلايا {found}) وهذا غير متوقع هنا. حُفظت كما هي "
        "ولا تُعرض على غيركم؛ صححوها إن كانت تدل على شخص.",
    },
    "redacted_personal_data": {
        "en": "{file}, field {field}: what looks like {kind} (cells: {found}) was replaced by a mark before the text "
        "was kept. Read these texts before quoting them.",
        "fr": "{file}, champ {field} : ce qui ressemble à {kind} (cellules : {found}) a été remplacé par une marque "
        "avant de garder le texte. Relisez ces textes avant de les citer.",
        "ar": "{file}، الحقل {field}: استُبدل ما يشبه {kind} (عدد الخلايا {found}) بعلامة قبل حفظ النص. اقرؤوا هذه "
        "النصوص قبل الاستشهاد بها.",
    },
    "unmapped_version": {
        "en": "{file} holds answers to versions of the form that are not declared: found {found}, expected "
        "{expected}; headers of no known question: {headers}. Nothing of it was read. Compare the forms and "
        "add the version under versions in source.yml, with what was renamed or recoded.",
        "fr": "{file} contient des réponses à des versions du formulaire non déclarées : {found} trouvé, {expected} "
        "attendu ; en-têtes sans question connue : {headers}. Rien n'en a été lu. Comparez les formulaires et "
        "ajoutez la version sous versions dans source.yml, avec ce qui a été renommé ou recodé.",
        "ar": "{file} فيه إجابات عن نسخ من الاستمارة غير مصرح بها: وُجد {found} والمتوقع {expected}؛ عناوين بلا "
        "سؤال معروف: {headers}. لم يُقرأ منه شيء. قارنوا الاستمارات وأضيفوا النسخة في source.yml تحت versions "
        "مع ما تغيّر اسمه أو رمزه.",
    },
    "other_scales": {
        "en": "{file} holds answers to version {version}, whose scales are not those of the form beside source.yml: "
        "found {found}, expected {expected}. Nothing of it was read: the same number may mean the opposite. "
        "Declare under versions what each code is today (recoded), or, where no code changed its meaning, "
        "scales: {found}.",
        "fr": "{file} contient des réponses à la version {version}, dont les échelles ne sont pas celles du "
        "formulaire placé à côté de source.yml : {found} trouvé, {expected} attendu. Rien n'en a été lu : un "
        "même nombre peut dire le contraire. Déclarez sous versions ce que vaut chaque code aujourd'hui "
        "(recoded) ou, si aucun code n'a changé de sens, scales: {found}.",
        "ar": "{file} فيه إجابات عن النسخة {version} ومقاييسها ليست مقاييس الاستمارة المحفوظة بجانب source.yml: "
        "وُجد {found} والمتوقع {expected}. لم يُقرأ منه شيء لأن الرقم نفسه قد يعني العكس. صرّحوا تحت versions "
        "بمعنى كل رمز اليوم (recoded)، أو اكتبوا scales: {found} إن لم يتغير معنى أي رمز.",
    },
    "renamed_question": {
        "en": "{file} has headers that are no question of the form, where questions are missing: found {found}, "
        "expected {missing}. Nothing of it was read. If a question was renamed or reworded, put the deployed "
        "form beside source.yml and declare the old header under versions, renamed; otherwise correct the "
        "header row.",
        "fr": "{file} a des en-têtes qui ne sont aucune question du formulaire, là où des questions manquent : "
        "{found} trouvé, {missing} attendu. Rien n'en a été lu. Si une question a été renommée ou reformulée, "
        "placez le formulaire déployé à côté de source.yml et déclarez l'ancien en-tête sous versions, "
        "renamed ; sinon corrigez la ligne d'en-tête.",
        "ar": "{file} فيه عناوين ليست من أسئلة الاستمارة في مواضع أسئلة ناقصة: وُجد {found} والمتوقع {missing}. لم "
        "يُقرأ منه شيء. إن أُعيدت تسمية سؤال أو صياغته فضعوا الاستمارة المنشورة بجانب source.yml وصرّحوا "
        "بالعنوان القديم تحت versions ثم renamed؛ وإلا فصححوا صف العناوين.",
    },
    "moved_columns": {
        "en": "{file}: columns seem to have moved against their headers: most answers are not of the column's kind "
        "in {columns}; in {worst}, found {found} of {said} unreadable. Nothing of it was read. Export the "
        "file anew with the form that is deployed now.",
        "fr": "{file} : des colonnes semblent décalées par rapport à leurs en-têtes : la plupart des réponses ne "
        "sont pas du type de la colonne dans {columns} ; dans {worst}, {found} sur {said} illisibles. Rien "
        "n'en a été lu. Exportez le fichier à nouveau avec le formulaire déployé.",
        "ar": "{file}: يبدو أن أعمدة انزاحت عن عناوينها: معظم الإجابات ليست من نوع العمود في {columns}؛ في {worst} "
        "وُجد {found} من {said} غير مقروء. لم يُقرأ منه شيء. صدّروا الملف مجددًا بالاستمارة المنشورة حاليًا.",
    },
}
"""One sentence for each code and language; gaps in braces."""
