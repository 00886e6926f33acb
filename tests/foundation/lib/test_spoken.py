"""Words of programs are said in the reader's language, and only those."""

from django.utils import translation

from goldthread.foundation.lib.spoken import spoken


def test_what_a_shipped_template_says_is_said_in_spanish() -> None:
    with translation.override("es"):
        assert spoken("Home visit") == "Visita en el hogar"
        assert spoken("plan of care") == "plan de atención"
        assert spoken("client") == "cliente"  # which a template need not say
    with translation.override("en"):
        assert spoken("Home visit") == "Home visit"


def test_what_an_agency_wrote_and_labels_of_screens_stay_as_they_are() -> None:
    with translation.override("es"):
        assert spoken("Visit with Grandma") == "Visit with Grandma"
        assert spoken("Save") == "Save"
        assert spoken("") == ""


def test_a_task_of_aftercare_is_said_whole_to_each_reader() -> None:
    """What the program says, and what an agency wrote itself."""
    with translation.override("es"):
        assert spoken("Aftercare: How is it going?") == "Seguimiento: ¿Cómo va todo?"
        assert spoken("Aftercare: Call Grandma") == "Seguimiento: Call Grandma"
    with translation.override("en"):
        assert spoken("Aftercare: How is it going?") == "Aftercare: How is it going?"
