import pytest

from sitegen.dates import is_date_line
from sitegen.dates.tokens import has_stranger

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    "line",
    [
        "Published: Wednesday, 7 February 2018, 22:58 GMT",
        "Yesterday at noon",
        "il y a 3 heures",
        "BeitragVeröffentlicht 7.2.2018",
        "PostedFebruary 7, 2018",
        "7 février 2018",
    ],
)
def test_a_date_line_has_no_stranger(line: str) -> None:
    assert not has_stranger(line)


def test_a_line_with_a_word_that_no_date_has_is_no_date_line() -> None:
    assert has_stranger("The ferry opened on 7 February 2018")
    assert not is_date_line("The ferry opened on 7 February 2018")
