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
