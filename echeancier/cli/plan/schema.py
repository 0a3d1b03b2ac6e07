"""``python -m echeancier.cli.plan.schema > docs/plan.schema.json``: the schema of the published plan, from the code."""

import json

from echeancier.adapters.files.plan_format import plan_schema
from echeancier.cli.output import write_bytes


def schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_bytes(schema_text().encode())
