"""The premium table as cells copied from a spreadsheet. Needs no database."""
