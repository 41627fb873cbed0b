"""A drawing as the bytes of a file, as pixels, and on the clipboard."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.errors import FileError
from gui import theme
from gui.picture.choices import Choices
from gui.picture.drawing import Drawing
from gui.picture.painter import PicturePainter
from gui.words import tr

INCH_MM, INCH_POINTS = 25.4, 72.0
MOST_POINTS = 14_400.0  # that readers of PDF agree to show
MOST_SIDE, MOST_PIXELS = 32_000, 250_000_000  # beyond, Qt paints nothing, or memory is at an end


def encoded(drawing: Drawing, choices: Choices) -> bytes:
    """The picture in its format. Raises FileError where it cannot be made."""
    return {"svg": svg, "png": png, "pdf": pdf}[choices.format](drawing, choices)


def size_in_words(drawing: Drawing, choices: Choices) -> str:
    """Pixels where the format has them, else millimetres."""
    size = drawing.area.size() * _scale(drawing, choices)
    if choices.format == "png":
        return tr("{width:,.0f} × {height:,.0f} pixels", width=size.width(), height=size.height())
    size *= INCH_MM / _dots()
    return tr("{width:,.0f} × {height:,.0f} mm", width=size.width(), height=size.height())


def svg(drawing: Drawing, choices: Choices) -> bytes:
    """Scalable; letters as outlines unless they are wished as text."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(round(_dots()))
    generator.setSize((drawing.area.size() * _scale(drawing, choices)).toSize())
    generator.setViewBox(QRectF(0, 0, drawing.area.width(), drawing.area.height()))
    generator.setTitle(drawing.title)
    generator.setDescription(tr("Made with Glasswork"))
    painter = PicturePainter(generator, outlines=choices.outlines, fonts=False)
    _paint(painter, drawing, choices)
    return bytes(buffer.data().data())


def pdf(drawing: Drawing, choices: Choices) -> bytes:
    """One page as large as the picture, with its fonts inside."""
    buffer, scale = _buffer(), _scale(drawing, choices)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(_dots()))
    points = drawing.area.size() * (scale * INCH_POINTS / _dots())
    writer.setPageSize(
        QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(drawing.title)
    writer.setCreator("Glasswork")
    painter = PicturePainter(writer, outlines=False, fonts=True)
    painter.scale(scale, scale)
    _paint(painter, drawing, choices)
    return bytes(buffer.data().data())


def png(drawing: Drawing, choices: Choices) -> bytes:
    """Pixels; at 100 % one for each of the canvas."""
    scale = _scale(drawing, choices)
    size = (drawing.area.size() * scale).toSize()
    if max(size.width(), size.height()) > MOST_SIDE or size.width() * size.height() > MOST_PIXELS:
        raise FileError(
            tr(
                "the picture would have {width:,} × {height:,} pixels, which is too many; "
                "choose a smaller scale, or SVG or PDF",
                width=size.width(),
                height=size.height(),
            )
        )
    made = image(drawing, choices, size, scale)
    dots = round(_dots() * scale / INCH_MM * 1000)
    made.setDotsPerMeterX(dots)
    made.setDotsPerMeterY(dots)
    buffer = _buffer()
    made.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def image(drawing: Drawing, choices: Choices, size: QSize, scale: float) -> QImage:
    """The picture at any scale, as wide and high as `size`."""
    made = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    painter = PicturePainter(made, outlines=False, fonts=True)
    painter.scale(scale, scale)
    _paint(painter, drawing, choices)
    return made


def mime(drawing: Drawing, choices: Choices) -> QMimeData:
    """For the clipboard: pixels for most programs, SVG for those that can draw it."""
    data = QMimeData()
    pixels = png(drawing, choices)
    data.setImageData(QImage.fromData(pixels))
    data.setData("image/png", QByteArray(pixels))
    data.setData("image/svg+xml", QByteArray(svg(drawing, choices)))
    return data


def _paint(painter: QPainter, drawing: Drawing, choices: Choices) -> None:
    with theme.worn(choices.colours):
        painter.translate(-drawing.area.topLeft())
        if choices.background == "plain":
            painter.fillRect(drawing.area, theme.color("canvas"))
        drawing.paint(painter)
    painter.end()


def _scale(drawing: Drawing, choices: Choices) -> float:
    scale = choices.scale / 100
    if choices.format == "pdf":
        longest = max(drawing.area.width(), drawing.area.height()) * INCH_POINTS / _dots()
        return min(scale, MOST_POINTS / longest)
    return scale


def _dots() -> float:
    """To the inch, by which sizes of fonts are pixels; everything is drawn with those."""
    return QGuiApplication.primaryScreen().logicalDotsPerInchY()


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
