"""The kinds of pictures: bars, dots, lines, grids, columns, clouds and flows."""
