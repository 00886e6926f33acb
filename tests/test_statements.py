"""What PostgreSQL is asked by others is left to --full, and nothing else."""

from tests.statements import Told, left, plain


def test_the_same_question_about_others_and_about_more_of_them() -> None:
    assert plain("SELECT a FROM t WHERE id IN (%s)") == plain("SELECT a FROM t WHERE id IN (%s, %s, %s)")
    assert plain("INSERT INTO t VALUES (%s, %s), (%s, %s)") == plain("INSERT INTO t VALUES (%s, %s)")
    assert plain("SAVEPOINT s7001_x12") == plain("SAVEPOINT s88_x3")
    assert plain("SELECT a FROM t LIMIT 21") == plain("SELECT a FROM t LIMIT 51")


def test_another_table_or_condition_is_another_question() -> None:
    assert plain("SELECT a FROM t") != plain("SELECT a FROM u")
    assert plain("SELECT a FROM t WHERE b = %s") != plain("SELECT a FROM t WHERE b > %s")


def test_all_that_is_asked_stays_asked() -> None:
    tests = {
        "wide": Told(1.0, {"a", "b", "c"}),
        "within": Told(0.5, {"b", "c"}),
        "own": Told(0.5, {"c", "d"}),
        "quick": Told(0.01, {"e"}),
        "of what is quick": Told(0.2, {"e"}),
        "races": Told(2.0, {"f"}, stays=True),
        "of races": Told(0.2, {"f"}),
    }
    # per second: within and own ask four new things, wide three; after them wide still asks a
    assert left(tests) == ["of races", "of what is quick"]


def test_who_asks_nothing_of_their_own_is_left() -> None:
    tests = {"slow": Told(3.0, {"a", "b"}), "once": Told(0.5, {"a"}), "twice": Told(0.5, {"b"})}
    # two a second each of the quick ones, two thirds of one a second of the slow one
    assert left(tests) == ["slow"]
