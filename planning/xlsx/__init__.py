"""The model as an XLSX workbook, and back."""

from planning.xlsx.findings import Finding, Place
from planning.xlsx.reader import read_workbook
from planning.xlsx.reading import Reading
from planning.xlsx.template import write_template
from planning.xlsx.writer import Unwritable, write_workbook

__all__ = ["Finding", "Place", "Reading", "Unwritable", "read_workbook", "write_template", "write_workbook"]
