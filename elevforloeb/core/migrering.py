"""Migrations that draw the picture of all models once, not once for every table.

While it migrates, Django keeps a rendered class of every model, and after each operation it renders anew all that are
related to what changed. Here that is nearly all of them, so each table made the next one dearer: an empty database
(the first start of the demo, each worker of the tests) took its time for that, and not for making tables.
"""

from itertools import groupby

from django.db import migrations
from django.db.migrations.operations import CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation


class Together(migrations.Migration):
    """For a migration of several tables. What is to be in a table stands in its CreateModel, and not after it."""

    def __init__(self, name, app_label):
        super().__init__(name, app_label)
        runs = groupby(self.operations, lambda operation: isinstance(operation, RunSQL | RunPython))
        self.operations = [
            operation for by_hand, run in runs for operation in (run if by_hand else [OnOnePicture(*run)])
        ]


class OnOnePicture(Operation):
    """Operations in their order, all on the same picture of the models: the one that they lead to."""

    def __init__(self, *operations):
        created = {operation.name_lower for operation in operations if isinstance(operation, CreateModel)}
        for operation in operations:
            if getattr(operation, "model_name_lower", None) in created:
                raise ValueError(f"Write this into the CreateModel instead: {operation.describe()}")
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # the picture; drawn again by the first operation that looks at it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
