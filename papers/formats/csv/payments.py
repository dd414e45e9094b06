"""Tables that are no lists of papers, such as those of payments, recognised by their columns."""

import re
from collections.abc import Sequence
from itertools import islice

from papers.formats.core.text import Refused
from papers.formats.csv.columns import meant, word
from papers.formats.csv.rows import SEPARATORS, CsvRow, rows

_OF_MONEY = (
    "amount, amount paid, price, unit price, cost, costs, total, total price, subtotal, balance, "
    "debit, credit, currency, invoice, invoice number, payment, payments, payment method, payee, "
    "payer, paid, account, account number, iban, bic, transaction, transaction id, fee, fees, tax, "
    "vat, expense, expenses, salary, budget, refund, discount, receipt, quantity, qty, sku, "
    "betrag, preis, kosten, summe, saldo, soll, haben, währung, rechnung, rechnungsnummer, "
    "zahlung, konto, kontonummer, empfänger, verwendungszweck, buchungstext, umsatz, mwst, "
    "montant, prix, solde, débit, crédit, devise, facture, paiement, compte, "
    "importe, precio, monto, saldo, moneda, factura, pago, cuenta, "
    "金额, 价格, 余额, 总计, 合计, 支付, 账户, 发票, 数量"
)
_MONEY = {word(one) for one in _OF_MONEY.split(", ")}
_IN_BRACKETS = re.compile(r"\([^()]*\)|\bin (?:eur|usd|gbp|€|\$)", re.IGNORECASE)
_SUM = re.compile(
    r"[-+(]?\s*(?:[€$£¥₹]|[A-Z]{3}\s)?\s*[-+]?(?:\d{1,3}(?:[., \u00a0']\d{3})+|\d+)[.,]\d\d\)?"
    r"\s*(?:[€$£¥₹]|[A-Z]{3})?"
)
# What only works have.
_OF_WORKS = frozenset(
    {
        *("doi", "arxiv", "isbn", "issn", "pmid", "openalex", "semantic_scholar"),
        *("authors", "abstract", "venue", "citation_key", "pages", "first_page"),
    }
)
_MOST_ROWS = 50
_LONGEST_START = 2**16
_LEAST_COLUMNS = 3


def refuse_payments(text: str) -> None:
    """Raise Refused for a table of payments. One that says more of works is a list, even with
    prices."""
    if names := names_of_sums(text):
        named = ", ".join(f"“{name}”" for name in names[:3])
        raise Refused(
            f"This looks like a table of payments or goods, since it has {named} and nothing "
            "that only papers have, such as authors or a DOI. Nothing was imported. If it holds "
            "papers, remove that column, then try again."
        )


def names_of_sums(text: str) -> list[str]:
    """Return the names of the columns that hold sums of money; none where the text is no such
    table.
    """
    for separator in SEPARATORS:
        start = rows(text.removeprefix("\ufeff")[:_LONGEST_START], separator)
        found = [row for row in islice(start, _MOST_ROWS) if not row.is_blank and not row.reason]
        width = max((len(row.cells) for row in found), default=0)
        found = [row for row in found if len(row.cells) == width]
        if width >= _LEAST_COLUMNS - 1 and len(found) > 1:
            header, below = found[0].cells, found[1:]
            said = set(meant(header))
            if _OF_WORKS & said:
                return []
            named = [name for name in header if word(_IN_BRACKETS.sub("", name)) in _MONEY]
            # Where and when a work appeared, a number with two decimals may be its score.
            names = named or ([] if {"year", "url"} & said else _columns_of_sums(header, below))
            if names and (named or width >= _LEAST_COLUMNS):
                return names
    return []


def _columns_of_sums(header: Sequence[str], below: Sequence[CsvRow]) -> list[str]:
    """Return the columns in which nearly every cell is a sum with its cents."""
    found = []
    for at, name in enumerate(header):
        cells = [cell for row in below if (cell := row.cells[at].strip())]
        sums = sum(bool(_SUM.fullmatch(cell)) for cell in cells)
        if len(cells) > 1 and sums >= 0.8 * len(cells):
            found.append(name.strip() or f"column {at + 1}")
    return found
