"""Pictures are drawn anew: place, camera, thumbnails and whatever else hid in the file is gone. Runs apart."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .reasons import Refused

# A telephone takes 50 million. A JPG can be read in a smaller size from the start, a PNG only whole.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
LONGEST_SIDE = 4000  # enough to read a receipt
ORIENTATION = 0x0112


def clean_jpg(data: bytes) -> bytes:
    return _redraw(data, "JPEG", quality=85, optimize=True)


def clean_png(data: bytes) -> bytes:
    return _redraw(data, "PNG", compress_level=3)


def _redraw(data: bytes, form: str, **how) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS[form]:
                raise Refused("for_mange_pixel")
            shrink = LONGEST_SIDE / max(picture.size)
            picture.draft("RGB", (int(picture.width * shrink), int(picture.height * shrink)))
            bare = _only_the_colours(picture)
    except Image.DecompressionBombError as problem:
        raise Refused("for_mange_pixel") from problem
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as problem:
        raise Refused("ulaeselig") from problem
    output = BytesIO()
    bare.save(output, form, **how)
    return output.getvalue()


def _only_the_colours(picture: Image.Image) -> Image.Image:
    """The first frame, turned as the camera was held, without everything that is no colour."""
    turned = picture.getexif()
    keeps_holes = picture.format == "PNG" and picture.has_transparency_data
    plain = picture.convert("RGBA" if keeps_holes else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.getexif()[ORIENTATION] = turned.get(ORIENTATION, 1)
    plain = ImageOps.exif_transpose(plain)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
