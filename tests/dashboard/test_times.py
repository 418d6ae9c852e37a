"""Does a timetable read as words?"""

from __future__ import annotations

import pytest

from dashboard import times, words
from tracker.pipeline.run import paper_of
from tracker.sources.catalogue import catalogue

ES, EN = words.of("es"), words.of("en")


@pytest.mark.parametrize(
    ("timetable", "spanish", "english"),
    [
        (
            "mon-fri 7,19 h, minute 30 (America/Lima)",
            "lunes a viernes, 7:30 y 19:30 (hora de Lima)",
            "Monday to Friday, 7:30 and 19:30 (Lima time)",
        ),
        (
            "* 6 h, minute 5 (America/New_York)",
            "todos los días, 6:05 (hora de Washington)",
            "every day, 6:05 (Washington time)",
        ),
        (
            "mon-fri 9-23 h, minute */15; sat,sun 23,0-6 h, minute 20,50 (Europe/Kyiv)",
            "lunes a viernes, de 9 a 23 h, cada 15 minutos; sábado y domingo, a las 23 h y de 0 a 6 h, en los minutos "
            "20 y 50 (Europe/Kyiv)",
            "Monday to Friday, 9:00 to 23:59, every 15 minutes; Saturday and Sunday, at 23:00 and 0:00 to 6:59, at "
            "minutes 20 and 50 (Europe/Kyiv)",
        ),
        (
            "mon,fri 9-21/3 h, minute 25 (America/Lima)",
            "lunes y viernes, de 9 a 21 h cada 3 horas, en el minuto 25 (hora de Lima)",
            "Monday and Friday, 9:00 to 21:59 every 3 hours, at minute 25 (Lima time)",
        ),
        (
            "none: brought in by hand",
            "no se pide sola: se incorpora a mano",
            "not asked for by itself: brought in by hand",
        ),
        ("whenever it likes", "whenever it likes", "whenever it likes"),
    ],
)
def test_a_timetable_is_said_in_words(timetable: str, spanish: str, english: str) -> None:
    assert (times.told(timetable, ES), times.told(timetable, EN)) == (spanish, english)


def test_the_timetable_of_every_source_has_words() -> None:
    found = [paper_of(source).timetable for source in catalogue().values()]
    assert len(found) > 5
    assert [one for one in found if times.told(one, ES) == one] == []
