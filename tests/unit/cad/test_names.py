"""Names come out readable, whatever encoding a STEP file has them in."""

from __future__ import annotations

import random

import pytest

from utils.cad.product.names import LONGEST, Decoder

FILES = {
    "cp1251": [
        ["Болт М8х25", "Гайка М8", "Шайба 8.65Г", "Корпус редуктора"],
        ["Вал-шестерня", "Крышка подшипника", "Кольцо стопорное"],
        ["Ось", "Рычаг", "Пружина"],
        ["ВИНТ М3Х8", "ГАЙКА М3", "ШАЙБА"],
        ["АБВГ.301256.001 Стойка", "Винт ГОСТ 1491-80"],
    ],
    "gb18030": [
        ["螺栓M8x25", "六角螺母", "弹簧垫圈", "减速箱体"],
        ["左支架", "右支架", "底板", "连接杆"],
        ["法兰盘 DN50", "密封圈", "阀体"],
        ["轴", "轮", "板"],
        ["深沟球轴承6204", "内六角圆柱头螺钉M5x16"],
    ],
    "cp932": [
        ["六角ボルト M8x25", "ナット", "平座金", "ギヤケース"],
        ["左ブラケット", "右ブラケット", "ベースプレート"],
        ["ソレノイド", "表示板", "ベアリング押え"],
        ["ﾎﾞﾙﾄ", "ﾅｯﾄ", "ﾌﾞﾗｹｯﾄ"],
        ["筐体", "上蓋", "下蓋", "銘板"],
    ],
    "euc_kr": [
        ["육각볼트 M8x25", "너트", "평와셔", "감속기 하우징"],
        ["좌측 브라켓", "우측 브라켓", "베이스 플레이트"],
        ["상판", "하판", "측판"],
        ["축", "핀", "링"],
    ],
    "cp1252": [
        ["Gehäuse", "Flügelmutter M6", "Abstandshülse"],
        ["Lüfter 80mm", "Gehäuseoberteil", "Füße"],
        ["Scheibe Ø8", "Bügel", "Stößel"],
        ["Tür", "Öl", "Maß"],
    ],
}
FILES["cp866"] = FILES["cp1251"]
CASES = [(encoding, names) for encoding, files in FILES.items() for names in files]
ALL = [names for files in FILES.values() for names in files]


def literal(content: bytes) -> bytes:
    return b"'" + content.replace(b"'", b"''") + b"'"


def read(*contents: bytes) -> list[str]:
    literals = [literal(content) for content in contents]
    decoder = Decoder(literals)
    return [decoder.text(one) for one in literals]


@pytest.mark.parametrize(("encoding", "names"), CASES, ids=[f"{one[0]}-{one[1][0]}" for one in CASES])
def test_names_in_the_bytes_of_a_code_page_are_found_out(encoding, names):
    assert read(*(name.encode(encoding) for name in names)) == names


@pytest.mark.parametrize("names", ALL, ids=[names[0] for names in ALL])
def test_utf8_is_taken_for_utf8(names):
    assert read(*(name.encode() for name in names)) == names


def test_two_cyrillic_pages_in_one_file_and_even_in_one_name():
    first, second = "Гайка DIN 934".encode("cp1251"), "Шайба ГОСТ 6402".encode("cp866")
    both = "Шайба (пружинная)_".encode("cp1251") + "Шайба 3 ГОСТ".encode("cp866")
    assert read(first, second, both) == ["Гайка DIN 934", "Шайба ГОСТ 6402", "Шайба (пружинная)_Шайба 3 ГОСТ"]


def test_the_other_names_of_the_file_decide_about_one_that_says_little():
    # the bytes of 一 in GBK are valid UTF-8 as well
    assert read("一".encode("gb18030")) != ["一"]
    assert (
        read("一".encode("gb18030"), *(name.encode("gb18030") for name in ("螺栓", "左支架", "底板")))[0]
        == "一"
    )


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [
        (rb"W\X\FCrfel", "Würfel"),
        (rb"W\S\|rfel", "Würfel"),
        (rb"\PE\\S\1\S\^\S\[\S\b", "Болт"),
        (rb"\X2\0411043E043B0442\X0\ M6", "Болт M6"),
        (rb"\X2\0411043e\X0\\X2\043b0442\X0\ ", "Болт "),
        (rb"\X4\0001F529\X0\ ", "🔩 "),
        (rb"\X2\D83DDD29\X0\ ", "🔩 "),
        (rb"a\\X2\\b", r"a\X2\b"),
        (rb"C:\\parts\\bolt", r"C:\parts\bolt"),
        (rb"one\N\two", "one two"),
        (b"it's", "it's"),
    ],
)
def test_escapes_are_undone(escaped, expected):
    assert read(escaped) == [expected]


def test_half_a_pair_of_surrogates_is_marked():
    assert read(rb"a\X2\D83D\X0\b") == ["a\ufffdb"]


def test_a_doubled_backslash_within_a_double_byte_character_is_one():
    raw = "表示板".encode("cp932")
    assert read(raw.replace(b"\\", b"\\\\"), raw, "ナット".encode("cp932")) == ["表示板", "表示板", "ナット"]


def test_a_name_that_was_cut_within_a_character_keeps_the_rest():
    assert read("Gehäuse Größe".encode()[:-3] + b"\xc3") == ["Gehäuse Grö\ufffd"]


def test_what_no_encoding_explains_keeps_what_is_ascii():
    [name] = read(b"Bolt \xed\x8e\xfb\xdd\xb3 M6")
    assert name.startswith("Bolt ")
    assert name.endswith(" M6")
    assert "\ufffd" in name


def test_control_characters_and_turns_of_direction_go():
    assert read(b"a\x00\x1b[31mb\tc\nd", "a\u202eb\u0085c".encode()) == ["a[31mb c d", "abc"]


def test_a_name_has_at_most_500_characters():
    assert [len(name) for name in read(b"x" * 100_000, "螺".encode("gb18030") * 5000)] == [LONGEST, LONGEST]


def test_no_bytes_are_too_strange():
    choose = random.Random(7)
    for _ in range(3000):
        content = bytes(
            choose.choice(b"\\XSP024AFN'ab\x00\x80\xff\xd8\xc3\xa4\n") for _ in range(choose.randrange(30))
        )
        for name in (*read(content), Decoder().text(content)):
            assert name.encode().decode() == name
            assert "\n" not in name
            assert "\0" not in name
