"""Pictures are drawn anew: place, camera, thumbnails and whatever else hid in the file is gone. Runs apart."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .reasons import Refused

MOST_PIXELS = {
    "JPEG": 60_000_000,
    "PNG": 30_000_000,
}  # a telephone takes 50 million; a PNG cannot be read in a smaller size
LONGEST_SIDE = 4000  # enough to read a receipt
QUALITY = 85


def clean_jpg(data: bytes) -> bytes:
    return _redraw(data, "JPEG", quality=QUALITY, optimize=True)


def clean_png(data: bytes) -> bytes:
    return _redraw(data, "PNG", optimize=False)


def _redraw(data: bytes, form: str, **how) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS[form]:
                raise Refused("for_mange_pixel")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = _upright(picture)
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise Refused("ulaeselig") from problem
    output = BytesIO()
    upright.save(output, form, **how)
    return output.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """The first frame in plain colours, turned as the camera was held, and without everything that is no colour."""
    keeps_holes = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
    plain = ImageOps.exif_transpose(picture).convert("RGBA" if keeps_holes and picture.format == "PNG" else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
