"""A place in a list of several sources is told as text and found again; nothing else is taken for one."""

from datetime import UTC, datetime

import pytest

from guanxi.engine.marks import Mark
from guanxi.infra.errors import BadRequest

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ID = "01a203c9-1c07-798f-8574-ef7403f34610"


@pytest.mark.parametrize("mark", [Mark(AT, 0, "00000000000000000042"), Mark(AT, 3, ID)])
def test_what_is_encoded_is_found_again(mark: Mark):
    assert Mark.decode(mark.encode(), numbered=0) == mark


@pytest.mark.parametrize(
    "text",
    ["", "x", f"{AT.isoformat()}~0", f"{AT.isoformat()}~0~{ID}", f"{AT.isoformat()}~1~42", f"{AT.isoformat()}~x~42",
     "2026-03-01T09:30:00~0~42", "yesterday~0~42", f"{AT.isoformat()}~0~42~7", f"{AT.isoformat()}~0~-1"],
)  # fmt: skip
def test_anything_else_is_refused(text: str):
    with pytest.raises(BadRequest) as refusal:
        Mark.decode(text, numbered=0)
    assert refusal.value.code == "query.bad_cursor"
