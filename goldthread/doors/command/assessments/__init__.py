"""Answers on the command line: out and in as FHIR QuestionnaireResponse JSON."""
