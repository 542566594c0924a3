"""The last steps: all built tables in the one database that people open, and the draft pages made from it."""

from pathlib import Path

from mel_pipeline import database
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, in_languages
from mel_pipeline.pipeline import DATABASE, Pipeline
from mel_pipeline.publish import write_donor_pages
from mel_pipeline.publish.differences import remember


def contract_of(pipeline: Pipeline, table: str) -> MartContract:
    """The contract of any table of the database."""
    if table in pipeline.programme.marts:
        return pipeline.programme.marts[table]
    return in_languages(ENGINE_CONTRACTS[table], pipeline.programme.settings.languages)


def assemble_database(pipeline: Pipeline) -> Path:
    """Build `mel.duckdb` from every table of the build folder and put it in place.

    What the replaced one said is kept, so that people can ask what moved.

    Returns:
        Where readers find it: see `database.assemble`.
    """
    tables = [name for (name,) in pipeline.steps[DATABASE].reads]
    remember(pipeline.folders)
    return database.assemble(
        {table: pipeline.folders.table(table) for table in tables},
        {table: _described(contract_of(pipeline, table)) for table in tables},
        pipeline.folders.database,
    )


def _described(contract: MartContract) -> database.Description:
    always_there = {column.name for column in contract.columns if column.required}
    columns = {
        column.name: f"{column.meaning} ({column.unit})" if column.unit else column.meaning
        for column in contract.columns
    }
    # A key column that may be empty, such as the country of a grant for all countries, is no primary key.
    key = tuple(contract.key) if always_there.issuperset(contract.key) else ()
    return database.Description(contract.description, columns, key)


def publish_previews(pipeline: Pipeline) -> list[Path]:
    """Write the draft pages of the report period from the newest database, and return where they lie."""
    marts = database.current(pipeline.folders.database)
    if marts is None:
        raise FileNotFoundError(f"There is no {pipeline.folders.database} to make pages from. Run 'mel run'.")
    return write_donor_pages(
        pipeline.programme,
        marts,
        pipeline.folders,
        period=pipeline.report_period,
        as_of=pipeline.as_of,
        is_synthetic=_is_synthetic(marts),
    )


def _is_synthetic(marts: Path) -> bool:
    """Whether any input says that it is synthetic: then every output is."""
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        row = connection.execute("select coalesce(bool_or(is_synthetic), false) from mel.source_files").fetchone()
    return bool(row and row[0])
