"""What every piece of a page is, for whoever does not see it: the structure tree of PDF 32000-1, 14.7 and 14.8.

reportlab draws but does not tag, so the tree is kept beside the drawing and written as it closes.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFString
from reportlab.pdfgen import canvas

from sla_tui.publish.pdf.inking import Ink

_PAGE_KEYS = ("StructParents", "Tabs")
_pdfdoc: Any = pdfdoc
_Canvas: Any = canvas.Canvas
_page = _pdfdoc.PDFPage
if "Tabs" not in _page.__NoDefault__:
    # reportlab writes no other keys of a page than the ones it lists.
    _page.__NoDefault__ = [*_page.__NoDefault__, *_PAGE_KEYS]


class Element(PDFObject):
    """One element of the tree: ``H1``, ``P``, ``TD``. It joins the tree when the first of it is drawn.

    ``parent`` None stands for the document itself. ``alt`` says what a picture shows, ``summary`` what a table lists;
    ``attributes`` is PDF source.
    """

    def __init__(
        self, tag: str, parent: Element | None = None, alt: str = "", attributes: str = "", summary: str = ""
    ) -> None:
        self.tag, self.parent, self.alt, self.attributes, self.summary = tag, parent, alt, attributes, summary
        self.kids: list[Any] = []
        self.joined = False

    def format(self, document: Any) -> bytes:
        """The element as PDF source."""
        numbers = document.idToObjectNumberAndVersion

        def said(thing: Any) -> str:
            return f"{numbers[thing.__InternalName__][0]} 0 R"

        kids: list[str] = []
        for kid in self.kids:
            match kid:
                case Element():
                    kids.append(said(kid))
                case (page, int() as number):
                    kids.append(f"<</Type/MCR/Pg {numbers[page.name][0]} 0 R/MCID {number}>>")
                case (page, annotation):
                    kids.append(f"<</Type/OBJR/Pg {numbers[page.name][0]} 0 R/Obj {said(annotation)}>>")
                case _:
                    raise TypeError(kid)
        # A list of one is written bare: validators let a signed form change nothing else of its element.
        held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
        alt = b"/Alt " + _pdfdoc.format(PDFString(self.alt), document) if self.alt else b""
        more = f"/A {self.attributes}" if self.attributes else ""
        if self.summary:
            alt += b"/A <</O/Table/Summary " + _pdfdoc.format(PDFString(self.summary), document) + b">>"
        return f"<</Type/StructElem/S/{self.tag}/P {said(self.parent)}{more}/K {held}".encode() + alt + b">>"


class TaggedCanvas(_Canvas):
    """A canvas on which everything drawn is an element of the tree, or said to be none."""

    def __init__(self, *given: Any, **more: Any) -> None:
        _Canvas.__init__(self, *given, **more)
        self.ink = Ink(self)
        self._whole = Element("Document")
        self._whole.joined = True
        self._marks: list[Element] = []
        self._parents: list[Element | list[Element]] = []
        self.places: dict[str, int] = {}
        """The page on which each named place is."""
        self.entries: list[Any] = []
        """The headings drawn so far, as the outline has them."""
        self.anchors: frozenset[str] = frozenset()
        """The places that links may lead to."""
        self.wanted: set[str] = set()
        """The places whose page is printed somewhere."""

    def join(self, element: Element) -> None:
        """Gives an element its place behind what its parent already holds; nothing happens the second time."""
        if element.joined:
            return
        element.joined = True
        if element.parent is None:
            element.parent = self._whole
        self.join(element.parent)
        element.parent.kids.append(element)

    def begin(self, element: Element) -> None:
        """What is drawn from here on, up to ``end``, belongs to ``element``."""
        self.join(element)
        code = self._code
        code.append(f"/{element.tag} <</MCID {len(self._marks)}>> BDC")
        element.kids.append((self._doc.thisPageRef(), len(self._marks)))
        self._marks.append(element)

    def end(self) -> None:
        """Closes what ``begin`` opened."""
        self._code.append("EMC")

    @contextmanager
    def marked(self, element: Element) -> Generator[None]:
        """``begin`` and ``end`` around a block."""
        self.begin(element)
        yield
        self.end()

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Generator[None]:
        """What is drawn inside is decoration or repeated on every page (``Pagination``), and never read out."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self.end()

    def name_place(self, name: str, top: float) -> None:
        """Gives this height of the page a name that links lead to."""
        self.bookmarkHorizontal(name, 0, top)
        self.places[name] = self.getPageNumber()

    def annotate(self, annotation: Any, element: Element) -> None:
        """Puts a link or a field onto the page as part of ``element``."""
        self.join(element)
        entries = annotation.dict
        entries["StructParent"] = len(self._parents)
        self._addAnnotation(annotation)
        element.kids.append((self._doc.thisPageRef(), annotation))
        self._parents.append(element)

    def showPage(self) -> None:
        """Ends the page and notes which elements its marks belong to."""
        marks, self._marks = self._marks, []
        at = len(self._parents)
        self._parents.append(marks)
        _Canvas.showPage(self)
        document = self._doc
        page = document.Pages.pages[-1]
        page.StructParents, page.Tabs = at, _pdfdoc.PDFName("S")

    def close_tree(self) -> None:
        """Writes the tree into the document; the last page is ended before."""
        document = self._doc
        root = PDFDictionary({"Type": "/StructTreeRoot"})
        document.Reference(root)
        whole: Any = self._whole
        whole.parent = root
        waiting = [self._whole]
        while waiting:
            element = waiting.pop()
            document.Reference(element)
            waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]
        numbers: list[Any] = []
        for at, held in enumerate(self._parents):
            one = PDFArray([document.Reference(each) for each in held]) if isinstance(held, list) else held
            numbers += [at, document.Reference(one)]
        entries: Any = root.dict
        entries["K"] = document.Reference(self._whole)
        entries["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbers)})
        entries["ParentTreeNextKey"] = len(self._parents)
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
