"""The almanac as values: which phase (`placement`), what next (`advice`), which chapter (`search`)."""
