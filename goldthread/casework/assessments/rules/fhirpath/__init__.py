"""FHIRPath: the grammar and the R4 tables of fhirpathpy, worked out by our own machine, whose steps are counted (ADR 0040)."""

from goldthread.casework.assessments.rules.fhirpath.budget import Budget
from goldthread.casework.assessments.rules.fhirpath.calls import World
from goldthread.casework.assessments.rules.fhirpath.grammar import Compiled, compiled
from goldthread.casework.assessments.rules.fhirpath.machine import evaluate
from goldthread.casework.assessments.rules.fhirpath.nodes import Node, value_of

__all__ = ["Budget", "Compiled", "Node", "World", "compiled", "evaluate", "value_of"]
