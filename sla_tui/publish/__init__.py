"""How an agreement is printed: blocks that know no format, and formats that know no agreement."""
