"""Statements without marks, or partly with them: found from the parse of a sentence, or from closed word classes."""
