"""The ground that everything else stands on: the command script and the requirement files."""
