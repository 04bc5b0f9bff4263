"""Files of money, made where a test needs them."""

import csv
import io

import openpyxl

from commonweal_site.money.importing import read_money


def workbook(*rows, change=None):
    """A workbook of one sheet, “Month”.

    change  what else is done to the sheet before it is saved
    """
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Month"
    for row in rows:
        page.append(row)
    if change:
        change(page)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def comma_separated(*rows):
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue().encode()


def pasted(text):
    """The sheets of a table pasted with tabs."""
    return read_money("pasted.txt", text.encode()).sheets
