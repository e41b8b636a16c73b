"""Which chapters each combination of facet, step and role gets: how many about the facet, and how many for the role.

    .venv/bin/python -m benchmarks.fitting

A cell reads `about/role`: of the five own chapters in the advice, so many are about the facet of the step and so many are
written for the role. The organisation is level with the step on that facet and one further on every other.
"""

from __future__ import annotations

from benchmarks.table import print_table
from knowledge.advice import advise
from knowledge.model import Almanac, Answer, Chapter
from knowledge.opening import open_almanac
from knowledge.placement import place


def _cell(almanac: Almanac, facet: str, level: int, role: str) -> tuple[int, int]:
    answers: dict[str, Answer] = {**dict.fromkeys(almanac.facets, level + 1), facet: level}
    advice = advise(almanac, place(almanac, answers), level + 1, role)
    chapters = [found.chapter for found in advice.chapters if isinstance(found.chapter, Chapter)]
    return sum(facet in chapter.facets for chapter in chapters), sum(role in chapter.roles for chapter in chapters)


def main() -> None:
    almanac = open_almanac()
    roles = list(almanac.roles)
    cells = {
        (facet, level): [_cell(almanac, facet, level, role) for role in roles] for facet in almanac.facets for level in (1, 2, 3)
    }
    rows = [(f"{facet} {level}-{level + 1}", *(f"{about}/{own}" for about, own in row)) for (facet, level), row in cells.items()]
    print_table("Own chapters about the facet / for the role, of five", ("step", *(role[:9] for role in roles)), rows)
    every = [cell for row in cells.values() for cell in row]
    print(f"\n{len(every)} combinations; without a chapter about the facet: {sum(about == 0 for about, _ in every)}; ", end="")
    print(f"without one for the role: {sum(own == 0 for _, own in every)}")


if __name__ == "__main__":
    main()
