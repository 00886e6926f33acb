"""The screens, a room for each. They ask the gate, call one query or one action, and render."""
