"""``python -m innovsoc_analysis`` is ``innovsoc``."""

from innovsoc_analysis.cli import main

if __name__ == "__main__":
    main()
