"""The model as an XLSX workbook, and back."""

from planning.xlsx.findings import Finding, Place
from planning.xlsx.layout import Unwritable
from planning.xlsx.reader import read_workbook
from planning.xlsx.reading import Reading
from planning.xlsx.writer import write_workbook

__all__ = ["Finding", "Place", "Reading", "Unwritable", "read_workbook", "write_workbook"]
