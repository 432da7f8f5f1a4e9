"""A city's two colours as style rules, kept readable whatever it chose."""

READABLE = 4.5
# The darkest paper of static/kernel/tokens.css: what reads there reads on all the others, and white reads on it.
GROUND = "#f4ecdf"


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", as WCAG defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def darkened_until_readable(colour: str) -> str:
    """Return ``colour``, darkened step by step until it can be read on every paper."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    while contrast(colour, GROUND) < READABLE:
        channels = [int(channel * 0.95) for channel in channels]
        colour = "#{:02x}{:02x}{:02x}".format(*channels)
    return colour


def colour_rules(*, accent: str, primary: str) -> str:
    """Return the custom properties that static/kernel/tokens.css builds on."""
    return (
        f":root{{--network-accent:{darkened_until_readable(accent)};"
        f"--network-primary:{darkened_until_readable(primary)}}}"
    )
