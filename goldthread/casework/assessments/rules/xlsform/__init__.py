"""XLSForms (spreadsheets of ODK, KoboToolbox …) made into Questionnaires, or refused by row and reason."""

from goldthread.casework.assessments.rules.xlsform.reading import questionnaire_of_xlsform

__all__ = ["questionnaire_of_xlsform"]
