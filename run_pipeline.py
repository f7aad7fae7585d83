"""Run the pipeline: `python run_pipeline.py --help`."""

import sys
from pathlib import Path

# Python leaves it out where PYTHONSAFEPATH is set.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pipeline.cli import main

if __name__ == "__main__":
    main()
