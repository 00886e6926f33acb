"""The screens of aftercare: what was planned after a discharge, and what is offered when somebody comes back."""
