"""Papers of the catalogue in words."""

from ticketserver.shared.catalogue import Material
from ticketserver.shared.texts import load_texts


def paper_said(paper: Material, language: str) -> str:
    """Its name; where records may stand in for it, with the remark that it need not be brought then."""
    name = paper.en if language == "en" else paper.zh
    return load_texts(language)("catalogue.papers.on_record", paper=name) if paper.on_record else name
