"""Files as people send them, read as tables: encodings, delimiters, headers, workbooks and refusals."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from guanxi.engine.transfer.files import Reading, open_source
from guanxi.engine.transfer.files.encoding import detect
from guanxi.infra.errors import Invalid

DATA = Path(__file__).parent / "data"
CHINESE = "客户名称,手机,备注\n深圳市华信科技有限公司,13800138000,需要报价\n北京天成贸易公司,13900139000,下周回访\n"
TRADITIONAL = "客戶名稱,電話,備註\n臺北資訊股份有限公司,0223456789,需要報價\n高雄貿易行,072345678,下週回訪\n"


def written(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def records(path: Path, reading: Reading | None = None) -> list[list[str]]:
    return [cells for _, cells in open_source(path, reading).rows()]


@pytest.mark.parametrize("case", sorted(path.stem for path in (DATA / "csv_spectrum/csvs").glob("*.csv")))
def test_conformance(case):
    source = open_source(DATA / f"csv_spectrum/csvs/{case}.csv")
    answers = json.loads((DATA / f"csv_spectrum/json/{case}.json").read_text(encoding="utf-8"))
    found = [dict(zip(source.table.columns, cells, strict=True)) for _, cells in source.rows()]
    assert found == [{name: text.replace("\r\n", "\n") for name, text in answer.items()} for answer in answers]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode("utf-8"), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16-le"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (TRADITIONAL.encode("big5"), "big5"),
        ("nombre;descripción\nPeña;gestión pública\n".encode("cp1252"), "cp1252"),
        ("名称\n张三\n".encode("gb18030"), "gb18030"),
        (b"name,city\nAcme,London\n", "utf-8"),
    ],
)
def test_encoding_is_told_from_the_bytes(tmp_path, content, encoding):
    assert detect(written(tmp_path, content)) == encoding


def test_encoding_is_told_from_a_late_line(tmp_path):
    content = ("id,name\n" + "1,Acme\n" * 50_000).encode() + "2,深圳市华信科技有限公司\n".encode("gb18030")
    assert records(written(tmp_path, content))[-1] == ["2", "深圳市华信科技有限公司"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_text_is_the_same_in_every_encoding(tmp_path, encoding):
    source = open_source(written(tmp_path, CHINESE.encode(encoding)))
    assert source.table.columns == ["客户名称", "手机", "备注"]
    assert list(source.rows()) == [
        (2, ["深圳市华信科技有限公司", "13800138000", "需要报价"]),
        (3, ["北京天成贸易公司", "13900139000", "下周回访"]),
    ]


def test_a_chosen_encoding_wins(tmp_path):
    path = written(tmp_path, TRADITIONAL.encode("big5"))
    assert records(path, Reading(encoding="big5"))[0][0] == "臺北資訊股份有限公司"
    assert records(path, Reading(encoding="gb18030"))[0][0] != "臺北資訊股份有限公司"


@pytest.mark.parametrize(
    ("file", "delimiter", "width"),
    [("simple.psv", "|", 6), ("simple.ssv", ";", 3), ("excel_pasting.csv", ",", 9), ("spanish_chars.csv", ",", 8)],
)
def test_delimiter_is_told_from_the_rows(file, delimiter, width):
    table = open_source(DATA / "messytables" / file).table
    assert (table.reading.delimiter, len(table.columns)) == (delimiter, width)


def test_delimiter_inside_quotes_does_not_count(tmp_path):
    path = written(tmp_path, 'name;note\n"Acme, Ltd";"a, b, c"\n"Beta, Inc";"d, e, f"\n')
    assert records(path) == [["Acme, Ltd", "a, b, c"], ["Beta, Inc", "d, e, f"]]


def test_announced_delimiter(tmp_path):
    path = written(tmp_path, "sep=;\na;b\n1,5;2\n")
    assert open_source(path).table.columns == ["a", "b"]
    assert records(path) == [["1,5", "2"]]


def test_header_below_padding():
    source = open_source(DATA / "messytables/excel_pasting.csv")
    assert source.table.reading.header_row == 4
    assert source.table.columns[:3] == ["Year", "2000", "2001"]
    assert next(source.rows())[1][:3] == ["Timber", "2,666", "2,274"]


def test_a_chosen_header_row_wins():
    source = open_source(DATA / "messytables/simple.ssv", Reading(header_row=0))
    assert source.table.columns == ["#1", "#2", "#3"]
    assert next(source.rows()) == (1, ["date", "temperature", "place"])


def test_names_of_columns_are_distinct_and_never_empty(tmp_path):
    table = open_source(written(tmp_path, "category,,category,\n a ,b,c,d\n")).table
    assert table.columns == ["category", "#2", "category (2)", "#4"]


def test_ragged_rows(tmp_path):
    path = written(tmp_path, "a,b,c\n1\n\n1,2,3\n" + "x,y,z\n" * 60 + "1,2,3,4\n")
    found = list(open_source(path).rows())
    assert found[0] == (2, ["1", "", ""])
    assert found[1] == (4, ["1", "2", "3"])
    assert found[-1] == (65, ["1", "2", "3", "4"])


def test_utf16_file_of_a_public_body():
    source = open_source(DATA / "messytables/utf-16le_encoded.csv")
    assert source.table.columns[:2] == ["Organisation_code", "Organisation_name"]
    assert sum(1 for _ in source.rows()) == 327


@pytest.mark.parametrize("file", ["simple.xls", "simple.xlsx"])
def test_workbook(file):
    source = open_source(DATA / "messytables" / file)
    assert source.table.sheets == ["simple.csv"]
    assert list(source.rows())[:2] == [(2, ["2011-01-01", "1", "Galway"]), (3, ["2011-01-02", "-1", "Galway"])]


def test_workbook_values_as_a_person_types_them(tmp_path):
    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("数据")
        sheet.write_row(2, 0, ["电话", "金额", "比例", "日期", "时间", "是否", "公式"])
        sheet.write_row(3, 0, [13800138000, 1234.5, 0.1 + 0.2])
        sheet.write_datetime(3, 3, datetime(2026, 1, 31, tzinfo=UTC), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(
            3, 4, datetime(2026, 1, 31, 8, 5, tzinfo=UTC), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.write_boolean(3, 5, True)
        sheet.write_formula(3, 6, "=1+1", None, 2)
    source = open_source(path)
    assert source.table.sheets == ["Empty", "数据"]
    assert (source.table.reading.sheet, source.table.reading.header_row) == ("数据", 3)
    assert list(source.rows()) == [
        (4, ["13800138000", "1234.5", "0.3", date(2026, 1, 31).isoformat(), "2026-01-31 08:05:00", "true", "2"])
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "transfer.file_empty"),
        (b"\n\n  \n", "transfer.file_empty"),
        (b"a,b,c\n", "transfer.only_header"),
        (b'a,b\n1,"open\n2,3\n', "transfer.quote_open"),
        (b'a,b\n1,2\n3,"', "transfer.quote_open"),
        (b'a,b\n1,"open\n' + b"x" * (1 << 20), "transfer.quote_open"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03\x04\x05\x06", "transfer.not_a_table"),
        (b"PK\x03\x04 not really", "transfer.workbook_broken"),
        (",".join("c" * 1001).encode() + b"\n", "transfer.too_many_columns"),
    ],
)
def test_refusals(tmp_path, content, code):
    with pytest.raises(Invalid) as refusal:
        list(open_source(written(tmp_path, content)).rows())
    assert refusal.value.code == code


def test_an_empty_workbook_is_refused():
    with pytest.raises(Invalid, match=r"transfer\.file_empty"):
        open_source(DATA / "messytables/libreoffice.xlsx")


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (Reading(encoding="klingon"), "transfer.unknown_encoding"),
        (Reading(delimiter="x"), "transfer.unknown_delimiter"),
        (Reading(header_row=60), "transfer.header_row_beyond"),
    ],
)
def test_choices_that_make_no_sense(reading, code):
    with pytest.raises(Invalid) as refusal:
        open_source(DATA / "messytables/simple.ssv", reading)
    assert refusal.value.code == code
