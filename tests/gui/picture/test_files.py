"""A picture's file: its format, size, colours and letters, and that it shows the design alone."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine import layers
from engine.design import Design
from engine.errors import FileError
from engine.groups import Group, Note
from engine.project import Project
from engine.shapes import walk
from gui import theme
from gui.picture import output
from gui.picture.as_drawn import as_drawn
from gui.picture.choices import Choices
from gui.picture.drawing import Drawing
from gui.picture.in_columns import in_columns

INK = 60  # differs by so much from the ground


def project() -> Project:
    hidden = layers.Dense(units=64, activation="relu")
    output_layer = layers.Dense(units=3, activation="softmax")
    return Project(name="little", design=Design.chain(layers.Input(), hidden, output_layer))


def drawing(choices: Choices) -> Drawing:
    made = project()
    found = walk(made.design, 4)
    if choices.style == "columns":
        return in_columns(made.design, found, choices, made.name)
    return as_drawn(made, found)


def file(choices: Choices) -> bytes:
    return output.encoded(drawing(choices), choices)


def pixels(choices: Choices) -> QImage:
    return QImage.fromData(file(replace(choices, format="png")), "PNG")


def inked(image: QImage) -> float:
    """The share of pixels that are not of the ground."""
    ground = image.pixelColor(1, 1).lightness()
    places = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    dark = [abs(image.pixelColor(*each).lightness() - ground) > INK for each in places]
    return sum(dark) / len(dark)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.mark.parametrize("style", ["drawn", "columns"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pixels_have_the_colours_of_the_theme_that_was_chosen(style: str, colours: str) -> None:
    image = pixels(Choices(style=style, colours=colours))
    ground = {"light": theme.LIGHT, "dark": theme.DARK}[colours].canvas
    assert image.pixelColor(1, 1).name().upper() == ground
    assert 0.01 < inked(image) < 0.5
    assert theme.current() is theme.LIGHT


@pytest.mark.parametrize("style", ["drawn", "columns"])
def test_a_transparent_picture_has_no_ground(style: str) -> None:
    assert pixels(Choices(style=style, background="transparent")).pixelColor(1, 1).alpha() == 0


def test_pixels_grow_with_the_size_and_stay_as_large_on_paper() -> None:
    once, twice = pixels(Choices(scale=100)), pixels(Choices(scale=200))
    assert twice.width() == 2 * once.width()
    assert twice.dotsPerMeterX() == pytest.approx(2 * once.dotsPerMeterX(), abs=1)


def test_svg_and_pixels_look_the_same() -> None:
    choices = Choices()
    image = pixels(choices)
    drawn = QImage(image.size(), QImage.Format.Format_ARGB32)
    painter = QPainter(drawn)
    renderer = QSvgRenderer(QByteArray(file(choices)))
    assert renderer.isValid()
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    assert inked(drawn) == pytest.approx(inked(image), rel=0.15)


def test_svg_needs_no_font_unless_its_letters_are_to_stay_text() -> None:
    assert not texts(file(Choices()))
    assert {"input", "dense_1", "64 units · relu"} <= set(texts(file(Choices(outlines=False))))


def test_icons_are_outlines_even_where_letters_are_text() -> None:
    written = "".join(texts(file(Choices(outlines=False))))
    assert not [each for each in written if 0xE000 <= ord(each) <= 0xF8FF]


def texts(svg: bytes) -> list[str]:
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(each.itertext()).strip() for each in found]


@pytest.mark.parametrize("scale", [100, 250])
def test_svg_says_its_size_and_keeps_its_measures(scale: int) -> None:
    choices = Choices(scale=scale)
    root = ET.fromstring(file(choices))
    area = drawing(choices).area
    assert root.get("viewBox") == f"0 0 {area.width():.0f} {area.height():.0f}"
    millimetres = float(root.get("width", "").removesuffix("mm"))
    assert output.size_in_words(drawing(choices), choices).startswith(f"{millimetres:.0f} × ")


def test_pdf_is_one_page_as_large_as_the_picture() -> None:
    data = file(Choices(format="pdf"))
    assert data.startswith(b"%PDF-")
    width, height = page(data)
    area = drawing(Choices()).area
    assert width / height == pytest.approx(area.width() / area.height(), rel=0.01)
    assert len(re.findall(rb"/Type /Page\b", data)) == 1


def page(data: bytes) -> tuple[float, float]:
    """Width and height in points."""
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert found is not None
    return float(found[1]), float(found[2])


def test_a_very_long_design_fits_a_page_and_is_refused_as_too_many_pixels() -> None:
    long = Design.chain(layers.Input(), *[layers.Dense(units=8)] * 299)
    made = Project(name="long", design=long)
    drawn = as_drawn(made, walk(long, 8))
    width, _ = page(output.encoded(drawn, Choices(format="pdf")))
    assert width <= output.MOST_POINTS
    with pytest.raises(FileError, match=r"[\d,]+ × \d+ pixels, which is too many; choose a small"):
        output.encoded(drawn, Choices(format="png"))
    svg = output.encoded(drawn, Choices(format="svg", outlines=False))
    assert {"dense_1", "dense_299"} <= set(texts(svg))


def test_only_what_is_wished_is_shown() -> None:
    made = project()
    ids = [node.id for node in made.design.nodes]
    found = walk(made.design, 4)
    part = as_drawn(made, found, only=ids[:2])
    svg = output.encoded(part, Choices(outlines=False))
    assert {"input", "dense_1"} <= set(texts(svg))
    assert "dense_2" not in texts(svg)
    assert part.area.width() < as_drawn(made, found).area.width()


def with_groups(*, folded: bool) -> Project:
    """Two hidden layers in a group, and a note beneath."""
    hidden = [layers.Dense(units=8, activation="relu") for _ in range(2)]
    made = Project(design=Design.chain(layers.Input(), *hidden, layers.Dense(units=3)))
    members = tuple(node.id for node in made.design.nodes[1:3])
    group = Group(id="group 1", name="Encoder", members=members, folded=folded)
    long = "What this part does, in more words than one line holds"
    note = Note(id="note 1", text=long, x=0, y=200)
    return made.edited(groups=(group,), notes=(note,))


@pytest.mark.parametrize("folded", [True, False])
def test_groups_and_notes_come_out_as_the_canvas_has_them(folded: bool) -> None:
    made = with_groups(folded=folded)
    drawn = as_drawn(made, walk(made.design, 4))
    svg = output.encoded(drawn, Choices(outlines=False))
    found = " ".join(texts(svg))
    assert "Encoder" in found
    assert "What this part does" in found
    assert ("dense_1" in found) is not folded
    assert not texts(output.encoded(drawn, Choices()))
    assert output.encoded(drawn, Choices(format="pdf")).startswith(b"%PDF")


def test_a_group_is_shown_alone_with_all_its_layers() -> None:
    made = with_groups(folded=True)
    members = made.groups[0].members
    drawn = as_drawn(made, walk(made.design, 4), only=members)
    found = texts(output.encoded(drawn, Choices(outlines=False)))
    assert "Encoder" in found
    assert "input" not in found


def test_the_clipboard_has_pixels_and_svg(qapp: QApplication) -> None:
    data = output.mime(drawing(Choices()), Choices())
    assert data.hasImage()
    assert QImage.fromData(data.data("image/png"), "PNG").width() > 100
    assert QSvgRenderer(data.data("image/svg+xml")).isValid()


def test_a_drawing_can_be_painted_again(qapp: QApplication) -> None:
    drawn, choices = drawing(Choices()), Choices()
    assert output.svg(drawn, choices) == output.svg(drawn, choices)
