"""Instruments and their versions; assessments and their scores."""

from goldthread.casework.assessments.models.assessment import Assessment, Score
from goldthread.casework.assessments.models.instrument import BuildingStep, Instrument, InstrumentVersion

__all__ = ["Assessment", "BuildingStep", "Instrument", "InstrumentVersion", "Score"]
