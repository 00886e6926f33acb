"""The look: style sheet, script, drawings, layouts, components. Knows nothing of what it shows."""
