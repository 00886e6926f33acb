"""What a program template says, as plain values, and reading it from YAML. Pure: no database, no clock."""
