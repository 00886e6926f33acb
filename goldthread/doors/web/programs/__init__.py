"""Programs in the settings: opening one from a template, reading its rules, changing them as sentences or as a file, versions."""
