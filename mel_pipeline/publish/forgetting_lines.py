"""What `mel forget` tells the officer: what would be changed, what was, and why nothing was. Words only.

Names and addresses are never repeated: files, rows and numbers are.
"""

from mel_pipeline.forgetting.erasing import NotErasedError, NothingLeftError, Plan
from mel_pipeline.publish.words import translator


def planned_lines(plan: Plan, language: str) -> list[str]:
    """What an erasure would change, file by file, and what an officer has to look at besides."""
    words = translator(language)
    lines = [
        words.plain("To be erased: rows: %(rows)s, files: %(files)s", rows=_rows(plan), files=len(plan.files)),
        *(
            "  " + words.plain("%(file)s (rows: %(rows)s, single cells: %(cells)s)", file=each.source_file,
                               rows=each.n_rows, cells=each.n_cells)
            for each in plan.files
        ),
        words.plain(
            "Each of these files below data/raw is replaced by a copy without them, with a note beside it; "
            "this cannot be undone."
        ),
    ]  # fmt: skip
    if plan.look_at:
        lines.append(
            words.plain(
                "The same name or address also stands in these files, which stay as they are. "
                "It may be somebody else's; look at them (%(n)s):",
                n=len(plan.look_at),
            )
        )
        lines += [f"  {file}" for file in plan.look_at]
    if plan.with_pictures:
        lines.append(words.plain("These workbooks hold pictures; remove a signature of the person yourself:"))
        lines += [f"  {file}" for file in plan.with_pictures]
    return lines


def _rows(plan: Plan) -> int:
    return sum(each.n_rows for each in plan.files)


def question(language: str) -> str:
    """What the officer has to confirm."""
    return translator(language).plain("Erase now?")


def erased_lines(plan: Plan, language: str) -> list[str]:
    """What was changed, and what to do next."""
    words = translator(language)
    return [
        words.plain("Erased: rows: %(rows)s, files: %(files)s", rows=_rows(plan), files=len(plan.files)),
        words.plain("Run 'mel run' now: only then are tables, pages and review workbooks without them."),
        words.plain("Copies outside this data folder, and sent review workbooks, are yours to delete."),
    ]


def unknown_key(language: str) -> str:
    """What is said of a key that no row bears."""
    return translator(language).plain(
        "No row bears this key. Take the key of a person from dim_person, or that of a row from a review workbook "
        "(record_key); names and addresses are no keys."
    )


def nothing_left(error: NothingLeftError, language: str) -> str:
    """What is said of a person who was erased before."""
    return translator(language).plain(
        "Nothing is left: erased on %(day)s from %(files)s file(s). The notes beside them say why.",
        day=error.erased_on.isoformat(),
        files=error.n_files,
    )


def not_erased(error: NotErasedError, language: str) -> str:
    """What is said where a file could not be changed."""
    return translator(language).plain(
        "Not everything could be erased: %(files)s. Close the programs that have these files open, "
        "or ask the sender for a file without the person; then call 'mel forget' again.",
        files=", ".join(error.files),
    )


def tells_of_the_person(language: str) -> str:
    """What is said where the reason or the role holds what is to be forgotten."""
    return translator(language).plain(
        "The reason and the role are kept in the notes beside the files: they may hold no name, address or "
        "telephone number. Say a role such as 'MEL officer', and a reason such as 'request of the person'."
    )
