"""The product tree as the text of a STEP file tells it."""

from __future__ import annotations

import itertools
import tracemalloc

import pytest

from tests.support import step_text
from utils.cad.product.tree import CyclicAssembly, ProductTree, read_tree


@pytest.fixture
def tree(write):
    def read(content: str | bytes) -> ProductTree:
        return read_tree(write(content))

    return read


class Products(step_text.StepText):
    """Products without geometry; ``entity`` adds what the helpers do not know."""

    def part(self, name: str, number: str = "", *, shape: bool = True) -> str:
        """A product; returns its PRODUCT_DEFINITION."""
        product = self.add(f"PRODUCT('{number or name}','{name}','of {name}',({self._product_context}))")
        formation = self.add(f"PRODUCT_DEFINITION_FORMATION_WITH_SPECIFIED_SOURCE('','',{product},.MADE.)")
        definition = self.add(f"PRODUCT_DEFINITION('design','',{formation},{self._definition_context})")
        if shape:
            representation = self.add(f"SHAPE_REPRESENTATION('',({self.placement()}),{self._context})")
            about = self.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")
            self.add(f"SHAPE_DEFINITION_REPRESENTATION({about},{representation})")
        return definition

    def use(self, parent: str, child: str, name: str = "", designator: str = "$", number: str = "1") -> str:
        return self.add(
            f"NEXT_ASSEMBLY_USAGE_OCCURRENCE('{number}','{name}','',{parent},{child},{designator})"
        )


def by_name(tree: ProductTree) -> dict[str, int]:
    quantities = tree.quantities()
    return {product.name: quantities[number] for number, product in tree.products.items()}


def test_quantities_multiply_down_through_sub_assemblies(tree):
    found = tree(step_text.assembly("Frame"))
    assert by_name(found) == {"Frame": 1, "Feet": 1, "Plate": 1, "Foot": 4}
    assert found.instances() == 5
    assert [found.products[number].name for number in found.distinct_parts()] == ["Plate", "Foot"]
    assert [found.products[number].name for number in found.roots] == ["Frame"]


def test_a_file_that_unfolds_without_end_in_sight_is_counted_at_once(tree):
    found = tree(step_text.nested_assembly(40, 10))
    assert found.instances() == 10**40


def test_a_single_part_is_its_own_root(tree):
    found = tree(step_text.box(1, 2, 3, name="Plate"))
    assert (found.instances(), found.distinct_parts(), found.usages) == (1, found.roots, [])


def test_several_roots_are_all_counted(tree):
    step = Products()
    bolt = step.part("Bolt")
    for name in ("Left", "Right"):
        step.use(step.part(name), bolt)
    found = tree(step.text())
    assert by_name(found) == {"Bolt": 2, "Left": 1, "Right": 1}
    assert len(found.roots) == 2


def test_numbers_are_those_of_the_entities(tree):
    step = Products()
    definition = step.part("Plate", "P-7")
    usage = step.use(definition, step.part("Bolt"))
    text = step.text()
    found = tree(text)
    for number, product in found.products.items():
        assert f"#{number}=PRODUCT('{product.part_number}','{product.name}'" in text
        assert product.description == f"of {product.name}"
    assert [f"#{one.number}" for one in found.usages] == [usage]


def test_documents_are_no_parts(tree):
    step = Products()
    step.part("Plate")
    step.part("Drawing 17", shape=False)
    assert by_name(tree(step.text())) == {"Plate": 1}


def test_a_used_product_is_a_part_even_without_a_shape(tree):
    step = Products()
    step.use(step.part("Frame", shape=False), step.part("Grease", shape=False))
    assert by_name(tree(step.text())) == {"Frame": 1, "Grease": 1}


def test_when_nothing_has_a_shape_all_products_are_parts(tree):
    step = Products()
    step.part("Plate", shape=False)
    assert by_name(tree(step.text())) == {"Plate": 1}


def test_a_file_without_products_has_an_empty_tree(tree):
    step = step_text.StepText()
    step.box_solid((1, 2, 3))
    assert tree(step.text()) == ProductTree({}, [], [])
    assert tree(step.text()).instances() == 0


def test_an_assembly_that_contains_itself_is_an_error(tree):
    step = Products()
    a, b = step.part("A"), step.part("B")
    step.use(a, b)
    step.use(b, a)
    found = tree(step.text())
    with pytest.raises(CyclicAssembly):
        found.quantities()
    with pytest.raises(CyclicAssembly):
        found.instances()


def test_a_usage_written_as_a_complex_entity_counts_as_often_as_it_says(tree):
    step = Products()
    frame, bolt = step.part("Frame"), step.part("Bolt")
    unit = step.add("CONTEXT_DEPENDENT_UNIT($,'pieces')")
    count = step.add(f"(MEASURE_REPRESENTATION_ITEM()MEASURE_WITH_UNIT(COUNT_MEASURE(12.),{unit}))")
    step.add(
        "(ASSEMBLY_COMPONENT_USAGE('B1')NEXT_ASSEMBLY_USAGE_OCCURRENCE()"
        f"PRODUCT_DEFINITION_RELATIONSHIP('1','bolts; and (more)','',{frame},{bolt})"
        f"PRODUCT_DEFINITION_USAGE()QUANTIFIED_ASSEMBLY_COMPONENT_USAGE({count}))"
    )
    found = tree(step.text())
    assert by_name(found) == {"Frame": 1, "Bolt": 12}
    assert [(usage.reference, usage.quantity) for usage in found.usages] == [("B1", 12)]


def test_a_quantified_usage_of_its_own_counts_too(tree):
    step = Products()
    frame, bolt = step.part("Frame"), step.part("Bolt")
    unit = step.add("CONTEXT_DEPENDENT_UNIT($,'pieces')")
    count = step.add(f"MEASURE_WITH_UNIT(COUNT_MEASURE(3.),{unit})")
    step.add(f"QUANTIFIED_ASSEMBLY_COMPONENT_USAGE('1','bolts','',{frame},{bolt},$,{count})")
    assert by_name(tree(step.text())) == {"Frame": 1, "Bolt": 3}


def test_a_usage_may_lead_to_its_product_by_an_occurrence(tree):
    step = Products()
    frame, bolt = step.part("Frame"), step.part("Bolt")
    occurrence = step.add(f"PRODUCT_DEFINITION_OCCURRENCE('o','','',{bolt},$)")
    step.use(frame, occurrence)
    step.use(frame, occurrence)
    assert by_name(tree(step.text())) == {"Frame": 1, "Bolt": 2}


def test_definitions_that_refer_to_each_other_lead_nowhere(tree):
    step = Products()
    frame = step.part("Frame")
    here = len(step._entities)
    step.add(f"PRODUCT_DEFINITION_OCCURRENCE('','','',#{here + 2},$)")
    lost = step.add(f"PRODUCT_DEFINITION_OCCURRENCE('','','',#{here + 1},$)")
    step.use(frame, lost)
    assert by_name(tree(step.text())) == {"Frame": 1}


@pytest.mark.parametrize(
    ("identifier", "name", "designator", "expected"),
    [
        ("1", "bolt:1", "$", "bolt:1"),
        ("NAUO7", "", "$", ""),
        ("7", " ", "''", ""),
        ("bolt-left", "", "$", "bolt-left"),
        ("1", "bolt:1", "'R12'", "R12"),
    ],
)
def test_a_place_is_called_as_a_person_called_it(tree, identifier, name, designator, expected):
    step = Products()
    step.use(step.part("Frame"), step.part("Bolt"), name, designator, identifier)
    assert [usage.reference for usage in tree(step.text()).usages] == [expected]


def test_a_product_without_a_name_goes_by_its_part_number(tree):
    [product] = tree(step_text.box(1, 1, 1, name="x").replace("'x','x'", "'P-100',' '")).products.values()
    assert (product.name, product.part_number, product.source_name) == ("P-100", "P-100", " ")


def test_products_in_strings_and_comments_are_none(tree):
    step = Products()
    step.part("Plate")
    step.add("DESCRIPTIVE_REPRESENTATION_ITEM('#90=PRODUCT(''No'',''No'','''',());','#91 = PRODUCT(')")
    text = step.text().replace("DATA;", "DATA;\n/* #92=PRODUCT('Neither','Neither','',()); */")
    assert by_name(tree(text)) == {"Plate": 1}
    assert by_name(tree(step.text())) == {"Plate": 1}


def test_blanks_and_comments_within_a_statement_do_not_matter(tree):
    text = step_text.assembly().replace("=PRODUCT(", " =\n /* it's */ PRODUCT /* ( */ (\n ")
    text = text.replace("=NEXT_ASSEMBLY_USAGE_OCCURRENCE(", "\t= NEXT_ASSEMBLY_USAGE_OCCURRENCE\n(")
    assert by_name(tree(text)) == {"Frame": 1, "Feet": 1, "Plate": 1, "Foot": 4}


def test_a_large_file_is_read_in_little_memory(write):
    """Of everything that passes by only what tells of products is kept."""
    step = Products()
    step.use(step.part("Frame"), step.part("Bolt"))
    filler = "\n".join(f"#{number}=CARTESIAN_POINT('',(1.5,2.5,3.5));" for number in range(1000, 200_000))
    path = write(step.text().replace("ENDSEC;\nEND-ISO", f"{filler}\nENDSEC;\nEND-ISO"))
    assert path.stat().st_size > 8_000_000
    tracemalloc.start()
    try:
        assert read_tree(path).instances() == 1
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_what_stands_in_one_file_stands_in_it_however_it_is_ordered(tree):
    text = step_text.assembly()
    lines = [line for line in text.splitlines() if line.startswith("#")]
    head, tail = text.split("#1=", 1)[0], "ENDSEC;\nEND-ISO-10303-21;\n"
    backwards = head + "\n".join(reversed(lines)) + "\n" + tail
    assert by_name(tree(backwards)) == by_name(tree(text))
    assert list(itertools.islice(tree(backwards).products, 1)) != list(
        itertools.islice(tree(text).products, 1)
    )
