"""What a person reads when the app refuses to start."""

from utils.setup.serve import complaint


def test_of_a_traceback_only_the_error_itself_is_told():
    output = """INFO  [alembic] Context
Traceback (most recent call last):
  File "x.py", line 1, in <module>
ValueError: first

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "x.py", line 3, in <module>
config.BadSettings: Kerfline cannot start:
  - PORT must be a number.
  - SECRET_KEY must be longer.
"""
    assert complaint(output) == (
        "Kerfline cannot start:\n  - PORT must be a number.\n  - SECRET_KEY must be longer."
    )


def test_a_plain_complaint_is_told_as_it_is():
    assert complaint("Error: the disk is full\n") == "Error: the disk is full"
    assert complaint("\n") == "it said nothing."
