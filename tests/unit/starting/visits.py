"""A small survey with a repeat in three languages, and its export."""

from typing import Any

LABELS = ["label::English (en)", "label::Français (fr)", "label::العربية (ar)"]
HEADER = ["type", "name", *LABELS, "required", "relevant", "constraint", "constraint_message::Français (fr)"]
SURVEY: list[list[Any]] = [
    HEADER,
    ["start", "start"],
    ["today", "today"],
    ["deviceid", "deviceid"],
    ["select_one yn", "consent", "Do you agree?", "Acceptez-vous ?", "هل توافق؟", "yes"],
    ["begin_group", "about", "About you", "Vous", "عنك", "", "selected(${consent}, 'yes')"],
    ["text", "resp_name", "Your name", "Votre nom", "اسمك"],
    ["integer", "phone", "Phone", "Téléphone", "الهاتف"],
    ["integer", "age", "Age of <b>${resp_name}</b>", "Âge", "العمر", "yes", "", ". >= 18 and . <= 99", "Adulte"],
    ["select_one yn", "works", "Do you work?", "Travaillez-vous ?", "هل تعمل؟"],
    ["integer", "hours", "Hours", "Heures", "الساعات", "yes", "${works} = 'yes'", ". > 0 or . = -999"],
    ["select_multiple sources", "water", "Water", "Eau", "الماء", "", "", "count-selected(.) <= 2"],
    ["text", "water_other", "Which?", "Laquelle ?", "أيها؟", "", "selected(${water}, 'other')"],
    ["integer", "water_tap", "Litres from the tap", "Litres", "لترات", "", "", ". < once(9)"],
    ["geopoint", "where", "Where", "Où", "أين"],
    ["calculate", "score"],
    ["note", "thanks", "Thanks", "Merci", "شكرا"],
    ["end_group"],
    ["begin_repeat", "child", "Children", "Enfants", "الأطفال"],
    ["integer", "age_child", "Age of the child", "Âge de l'enfant", "عمر الطفل", "", "", ". < 18"],
    ["select_one yn", "school", "At school?", "À l'école ?", "في المدرسة؟", "", "${age_child} > 5"],
    ["begin_repeat", "toy", "Toys", "Jouets", "الألعاب"],
    ["integer", "price", "Price", "Prix", "السعر", "", "${school} = 'yes'"],
    ["end_repeat"],
    ["end_repeat"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", *LABELS],
    ["yn", "yes", "Yes", "Oui", "نعم"],
    ["yn", "no", "No", "Non", "لا"],
    ["sources", "tap", "Tap", "Robinet", "حنفية"],
    ["sources", "well", "Well", "Puits", "بئر"],
    ["sources", "other", "Other", "Autre", "غير ذلك"],
]
MAIN = [
    ["start", "today", "deviceid", "consent", "about/resp_name", "about/phone", "about/age", "about/works",
     "about/hours", "about/water", "about/water/tap", "about/water/well", "about/water/other",
     "about/water_other", "about/water_tap",
     "about/score", "weight", "_uuid", "_index"],
    ["2025-02-01T10:00", "2025-02-01", "d1", "yes", "Ana", "0912345678", 30, "yes",
     8, "tap well", 1, 1, 0, "", 5, 1, 1, "u1", 1],
    ["2025-02-02T10:00", "2025-02-02", "d1", "yes", "Bo", "", 40, "no", "", "tap", 1, 0, 0, "", 7, 2, 1, "u2", 2],
    ["2025-03-09T10:00", "2025-03-09", "d1", "no", "", "", "", "", "", "", "", "", "", "", "", "", 1, "u3", 3],
]  # fmt: skip
CHILDREN = [
    ["child/age_child", "child/school", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"],
    [7, "yes", 1, "visits", 1, "u1"],
    [3, "", 2, "visits", 1, "u1"],
]
TOYS = [
    ["child/toy/price", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"],
    [4, 1, "child", 1, "u1"],
    [6, 2, "child", 1, "u1"],
    [9, 3, "child", 2, "u1"],
]
