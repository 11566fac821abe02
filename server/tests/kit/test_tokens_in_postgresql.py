"""Documents and queries meet in PostgreSQL: Chinese as LIKE would have it, names by pinyin, phones by their ends."""

import random

import psycopg
import pytest

from guanxi.kit import tokens


@pytest.fixture(scope="module")
def connection(server):
    """A connection to the test server, for values only."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as opened:
        yield opened


def finds(connection, document, typed):
    (found,) = connection.execute("SELECT %s::tsvector @@ %s::tsquery", (document, tokens.query(typed))).fetchone()
    return found


def test_chinese_is_found_exactly_where_like_finds_it(connection):
    chance = random.Random(1)  # noqa: S311 - fixed on purpose
    texts = ["".join(chance.choices("上海华为a1 b-（", k=chance.randint(1, 12))) for _ in range(1500)]
    connection.execute("CREATE TEMP TABLE texts (text text, words tsvector)")
    with connection.cursor() as cursor:
        rows = [(text, tokens.document([], [text])) for text in texts]
        cursor.executemany("INSERT INTO texts VALUES (%s, %s::tsvector)", rows)

    for _ in range(300):
        typed = "".join(chance.choices("上海华为", k=chance.randint(1, 5)))
        found = connection.execute("SELECT text FROM texts WHERE words @@ %s::tsquery", (tokens.query(typed),))
        assert sorted(row[0] for row in found) == sorted(text for text in texts if typed in text), typed


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("深圳华为技术有限公司", "huawei"),
        ("深圳华为技术有限公司", "shenzhenhuaweijishu"),
        ("深圳华为技术有限公司", "shenzhenhuaw"),
        ("深圳华为技术有限公司", "szhwjs"),
        ("重庆长安汽车", "chongqingchangan"),
        ("重庆长安汽车", "cqca"),
        ("西安交大", "xian"),
        ("吕布", "lvbu"),
        ("張偉", "张伟"),
        ("GTX5000 显卡", "gtx50"),
        ("GTX5000 显卡", "5000 显"),
        ("zhang.wei@abc.example", "zhang.wei@a"),
    ],
)
def test_titles_are_found(connection, title, typed):
    assert finds(connection, tokens.document([title]), typed)


@pytest.mark.parametrize(
    ("title", "typed"), [("深圳华为", "圳为"), ("深圳 华为", "圳华"), ("华为", "hww"), ("张伟", "weizhang")]
)
def test_others_are_not(connection, title, typed):
    assert not finds(connection, tokens.document([title]), typed)


@pytest.mark.parametrize(
    ("phone", "typed"),
    [
        ("+8613800138000", "8000"),
        ("+8613800138000", "138 0013 8000"),
        ("+8613800138000", "+86 138-0013-8000"),
        ("+8613800138000", "1380013"),
        ("+861062345678;ext=801", "62345678"),
        ("+861062345678", "010-6234"),
    ],
)
def test_phones_are_found(connection, phone, typed):
    assert finds(connection, tokens.document([], [], [phone]), typed)
