"""Make the Chinese font of the figures: the part of Noto Sans CJK SC that our texts need.

`python -m tools.chinese_font [NotoSansCJK-Regular.ttc]` keeps the 3,755 characters of GB 2312's first level,
punctuation and every character of the catalogue, without hints and layout tables.  The same font file gives
the same bytes.  The subset has a name of its own: what is changed may not be called by a reserved one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

from tools.catalogue import ROOT, forms, kept

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FONT = ROOT / "callcenter/report/fonts/CallcenterSansSC-Regular.otf"

FAMILY = "Callcenter Sans SC"
PUNCTUATION = "、。〈〉《》「」『』【】〔〕〖〗・…—·–‘’“”！（），．：；？［］～￥％＋－×÷＝"
WIDE = "".join(map(chr, range(0xFF10, 0xFF5B)))
LEVEL_ONE = range(0xB0, 0xD8)
"""First bytes of the more frequent characters in GB 2312."""


def characters() -> set[str]:
    """Return the characters that the font is to have; those of other scripts come from elsewhere."""
    codes = (bytes([row, cell]) for row in LEVEL_ONE for cell in range(0xA1, 0xFF))
    frequent = {code.decode("gb2312", "ignore") for code in codes}
    translated = {sign for message in kept() if message.id for sign in "".join(forms(message.string))}
    return {sign for sign in {*frequent, *PUNCTUATION, *WIDE, *translated} if sign > "\x7f"}


def subset(source: Path) -> TTFont:
    """Return the font with these characters only, under its own name."""
    font = next(
        font
        for font in TTCollection(source, recalcTimestamp=False).fonts
        if font["name"].getDebugName(1) == "Noto Sans CJK SC"
    )
    options = Options(hinting=False, layout_features=[], name_IDs=["*"], recalc_timestamp=False)
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters())))
    subsetter.subset(font)
    _rename(font)
    return font


def _rename(font: TTFont) -> None:
    plain = FAMILY.replace(" ", "")
    new = {1: FAMILY, 2: "Regular", 3: f"{plain}-Regular", 4: FAMILY, 6: f"{plain}-Regular"}
    names = font["name"]
    note = "A subset of Noto Sans CJK SC, renamed; made by tools/chinese_font.py of the project callcenter."
    kept_names = {key: names.getDebugName(key) for key in (0, 5, 8, 9, 11, 13, 14)}  # authors and licence
    names.names = []
    for key, text in {**kept_names, **new, 10: note}.items():
        names.setName(text, key, 3, 1, 0x409)
    table = font["CFF "].cff
    table.fontNames[0] = new[6]
    top = table.topDictIndex[0]
    for field in ("FullName", "FamilyName"):
        if hasattr(top, field):
            setattr(top, field, FAMILY)


def main() -> None:
    """Write the font file."""
    font = subset(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE)
    font.save(FONT)
    size = FONT.stat().st_size
    sys.stdout.write(f"{FONT.relative_to(ROOT)}: {len(font.getBestCmap()):,} characters, {size:,} bytes\n")


if __name__ == "__main__":
    main()
