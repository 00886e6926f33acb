"""Two records of one person: looked for while somebody types, compared side by side, merged, told apart, taken back."""
