"""What a run left behind, as a test asks for it: accepted rows, findings, and what was told of each file."""

from dataclasses import dataclass

import pandas as pd

from mel_pipeline.folders import DataFolder

FINDINGS = ("quarantine", "repairs", "warnings")


@dataclass(frozen=True)
class Seen:
    """One finished run."""

    folders: DataFolder
    output: str
    exit_code: int

    def table(self, name: str, **equal: object) -> pd.DataFrame:
        """Rows of a table of `data/build` whose columns equal the values given."""
        return _where(pd.read_parquet(self.folders.build / f"{name}.parquet"), equal)

    def accepted(self, source: str, source_file: str | None = None) -> pd.DataFrame:
        """Accepted rows of a source, or of one of its files, in the order of the file."""
        rows = pd.read_parquet(self.folders.accepted_rows(source))
        found = rows if source_file is None else rows[rows["_source_file"] == source_file]
        return found.sort_values(["_source_file", "_source_row"]).reset_index(drop=True)

    def findings(self, table: str, rule_id: str, source_file: str | None = None) -> pd.DataFrame:
        """What `quarantine`, `repairs` or `warnings` say under a rule, in the order of rows."""
        equal = {"rule_id": rule_id} | ({"source_file": source_file} if source_file else {})
        return self.table(table, **equal).sort_values(["source_file", "source_row"]).reset_index(drop=True)

    def file(self, source_file: str, source: str | None = None) -> pd.Series:
        """The account of one raw file (of one of its sources)."""
        equal = {"source_file": source_file} | ({"source": source} if source else {})
        found = self.table("source_files", **equal)
        assert len(found) == 1, f"source_files has {len(found)} rows for {source_file}"
        return found.iloc[0]

    def failed(self, rule_id: str, source_file: str | None = None) -> pd.DataFrame:
        """Rows of `quality_results` in which a rule failed."""
        equal = {"rule_id": rule_id} | ({"source_file": source_file} if source_file else {})
        results = self.table("quality_results", **equal)
        return results[results["n_failed"] > 0].reset_index(drop=True)

    def assert_untouched(self, source_files: list[str]) -> None:
        """Every row of these files is accepted, and nothing is repaired, set aside, warned of or told."""
        for source_file in source_files:
            accounts = self.table("source_files", source_file=source_file)
            assert len(accounts), f"{source_file} was not read"
            assert (accounts["n_rows"] == accounts["n_accepted"]).all(), accounts.to_string()
            assert accounts["message"].isna().all(), accounts["message"].tolist()
            for table in FINDINGS:
                found = self.table(table, source_file=source_file)
                assert found.empty, f"{table}: {found.to_string()}"


def _where(rows: pd.DataFrame, equal: dict[str, object]) -> pd.DataFrame:
    for column, value in equal.items():
        rows = rows[rows[column] == value]
    return rows.reset_index(drop=True)
