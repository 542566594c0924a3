"""When things run: the pipeline as Dagster definitions. How they work is the library's business."""
