"""The engine of the MEL pipeline: from raw files to scored indicators. It knows no programme and no Dagster."""
