"""What `assess --help` costs against importing typer, both over bare Python; the target is 2.5."""

import sys

from timing import medians, process, table

ROUNDS = 15


def main() -> None:
    """Run the three commands in turn and print medians and ratio."""
    bare, typer, helped = "python -c pass", 'python -c "import typer"', "assess --help"
    times = medians(
        {
            bare: process([sys.executable, "-c", "pass"]),
            typer: process([sys.executable, "-c", "import typer"]),
            helped: process([sys.executable, "-m", "assess", "--help"]),
        },
        ROUNDS,
    )
    table(times)
    print(f"ratio over bare Python: {(times[helped] - times[bare]) / (times[typer] - times[bare]):.2f} (target 2.5)")


if __name__ == "__main__":
    main()
