"""The plan on the screen: a document that is read as it prints, edited in place, signed, printed and sent."""
