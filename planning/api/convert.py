"""Operations that turn the model from one format into another (F1-F6)."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import to_json
from rest_framework.request import Request

from accounts.api.answers import BinaryAnswer, JsonAnswer, TextAnswer
from accounts.api.body import JsonBytes
from accounts.api.views import MAX_ENTITY, Open, Operation, body
from accounts.refusal import Refused
from audit import journal
from planning import points
from planning.thrift import idl, to_thrift
from planning.xlsx import Finding, Unwritable, read_workbook, write_workbook
from solver.contract import ProcessType, SchemaError, UniversalData
from solver.contract.entity import Entity
from solver.contract.scalars import Whole


class BinaryBytes(JsonBytes):
    """Hands a file to the view."""

    media_type = "application/octet-stream"


class Convert(Operation):
    """Turns data that comes as JSON into another format."""

    process_type = ProcessType.CONVERT
    accepts, answers = UniversalData, str

    def data(self, request: Request) -> dict[str, Any]:
        """Return the body's JSON, which keeps the contract, and count its points.

        Raises
        ------
        Refused
            With every error of the schema.
        """
        self.read(UniversalData, request)
        found: dict[str, Any] = json.loads(body(request))
        journal.accept(self.trace, points.of_data(found))
        return found


@dataclass(slots=True, kw_only=True)
class WorkbookParameters(Entity):
    """Hours east of UTC in which times are written."""

    timezone: Annotated[int, Whole(-12, 12)] = 0


class JsonToXlsx(Convert):
    """Writes a workbook."""

    operations = {"POST": "run_convert_json_to_xlsx"}
    summaries = {"POST": gettext_lazy("The data as an XLSX workbook with local times.")}
    renderer_classes = (BinaryAnswer, JsonAnswer)
    parameters = WorkbookParameters

    def post(self, request: Request) -> HttpResponse:
        """Answer with the file.

        Raises
        ------
        Refused
            With everything that does not fit into a workbook.
        """
        hours = self.read_parameters(WorkbookParameters, request).timezone
        try:
            book = write_workbook(self.data(request), hours, documents=documents(request))
        except Unwritable as unwritable:
            wrong = [
                SchemaError(entity=path[:MAX_ENTITY], message=said) for path, said in unwritable.problems
            ]
            raise Refused(_("The data does not fit into a workbook."), schema_errors=wrong) from None
        return HttpResponse(book, content_type=BinaryAnswer.media_type)


class XlsxToJson(Operation):
    """Reads a workbook."""

    process_type = ProcessType.CONVERT
    operations = {"POST": "run_convert_xlsx_to_json"}
    summaries = {"POST": gettext_lazy("The data of an XLSX workbook.")}
    answers = UniversalData
    parser_classes = (BinaryBytes,)

    def post(self, request: Request) -> HttpResponse:
        """Answer with the data.

        Raises
        ------
        Refused
            With everything that is wrong in the workbook, by sheet, row and column (F4).
        """
        reading = read_workbook(body(request))
        if reading.findings:
            wrong = [schema_error(finding) for finding in reading.findings]
            raise Refused(_("The workbook cannot be read."), schema_errors=wrong)
        journal.accept(self.trace, points.of_data(reading.data))
        return HttpResponse(to_json(reading.data), content_type=JsonAnswer.media_type)


class JsonToThrift(Convert):
    """Writes the text of a Thrift struct."""

    operations = {"POST": "run_convert_json_to_thrift"}
    summaries = {"POST": gettext_lazy("The data in Thrift's JSON protocol; see universal.thrift.")}
    renderer_classes = (TextAnswer, JsonAnswer)

    def post(self, request: Request) -> HttpResponse:
        """Answer with the text."""
        return HttpResponse(to_thrift(self.data(request)), content_type="text/plain; charset=utf-8")


class Definition(Open):
    """Gives the Thrift definition of the model, a document of the service like the others (F6)."""

    operations = {"GET": "file"}
    summaries = {"GET": gettext_lazy("The Thrift definition that json-to-thrift follows.")}
    answers = str
    renderer_classes = (TextAnswer, JsonAnswer)

    def get(self, request: Request) -> HttpResponse:
        """Answer with the definition."""
        return HttpResponse(idl(), content_type="text/plain; charset=utf-8")


def documents(request: Request) -> dict[str, str]:
    """Return where the service's documentation is, by language."""
    return {
        language: request.build_absolute_uri(f"../file/universal_{language}.html")
        for language in ("ru", "en")
    }


def schema_error(finding: Finding) -> SchemaError:
    """Return a finding of a workbook as an error of the contract: the cell as its entity."""
    cell = finding.cell or (str(finding.row) if finding.row else "")
    place = "!".join(part for part in (finding.sheet, cell) if part)
    entity = " ".join(part for part in (place, finding.column) if part)
    return SchemaError(entity=entity[:MAX_ENTITY], message=str(finding))
