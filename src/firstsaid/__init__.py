"""Firstsaid traces what a body of texts says back to where it was first said."""
