"""`python -m firstsaid`."""

from firstsaid.cli import main

if __name__ == "__main__":
    main()
