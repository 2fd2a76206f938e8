"""Answers by what they are about: the whole, holes, spacing, fillets and faces, one face or two."""
