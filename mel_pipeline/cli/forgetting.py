"""The command that erases a person or a row at somebody's wish."""

from datetime import datetime
from pathlib import Path

import click

from mel_pipeline.cli.shared import data_option, language_option, load, out, programme_option, stop
from mel_pipeline.folders import DataFolder


@click.command()
@click.argument("key")
@programme_option
@data_option
@language_option
@click.option("--by", "by_role", required=True, help="Role of who decides, such as 'MEL officer'; no name.")
@click.option("--reason", required=True, help="Why, such as 'request of the person'; no name.")
@click.option("--on", "erased_on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the decision; else today.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
def forget(
    key: str,
    programme: Path,
    data: Path,
    language: str | None,
    by_role: str,
    reason: str,
    erased_on: datetime | None,
    yes: bool,
) -> None:
    """Erase a person (KEY as in dim_person) or a row (its record_key): raw files become copies without them."""
    from mel_pipeline.forgetting import erasing
    from mel_pipeline.holding import FolderInUseError, hold
    from mel_pipeline.publish import forgetting_lines as lines
    from mel_pipeline.publish.run_messages import folder_in_use

    if not (data / "raw").is_dir():
        stop(f"There is no folder {data / 'raw'}. Say --data DIR.", 2)
    declared, folders = load(programme.resolve()), DataFolder(data.resolve())
    language = language or declared.settings.languages[0]
    decision = erasing.Decision(reason, by_role, (erased_on or datetime.now()).date())
    try:
        with hold(folders, "mel forget"):
            plan = erasing.plan_erasure(declared, folders, key)
            if not erasing.is_plain(plan, decision):
                stop(lines.tells_of_the_person(language), 2)
            for line in lines.planned_lines(plan, language):
                out.print(line, markup=False)
            if not yes:
                click.confirm(lines.question(language), abort=True)
            erasing.erase(declared, folders, plan, decision)
    except FolderInUseError as error:
        stop(folder_in_use(error, language), 2)
    except erasing.UnknownKeyError:
        stop(lines.unknown_key(language), 2)
    except erasing.NothingLeftError as error:
        out.print(lines.nothing_left(error, language), markup=False)
        return
    except erasing.NotErasedError as error:
        stop(lines.not_erased(error, language))
    for line in lines.erased_lines(plan, language):
        out.print(line, markup=False)
