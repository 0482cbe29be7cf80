"""Whatever is asked of an entrypoint, it answers in kind and changes nothing it should not.

The entrypoints are found on the services' classes, and what is wrong is derived from their
schemas: a new entrypoint needs nothing here but an example of a right request, in valid.py.
"""
