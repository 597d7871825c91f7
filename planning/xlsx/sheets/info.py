"""Sheet info: what the workbook is, and the time zone of its times."""

from dataclasses import dataclass
from typing import Annotated

from planning.xlsx.sheet import Area, Role, Sheet
from solver.contract.scalars import AnyText, DatasetName, Name, Whole


@dataclass(slots=True, kw_only=True)
class Info:
    """About the workbook; times in it are local in `timezone`, whole hours east of UTC (F2)."""

    api_version: Name = ""
    timezone: Annotated[int, Whole(-12, 12)] = 0
    docs_ru: AnyText = ""
    docs_en: AnyText = ""
    docs_zh: AnyText = ""
    dataset_name: DatasetName = ""


SHEET = Sheet(
    name="info",
    entity=Info,
    place="",
    role=Role.SINGLE,
    area=Area.SETTINGS,
    usual=frozenset({"docs_ru", "docs_en", "docs_zh", "dataset_name"}),
)
